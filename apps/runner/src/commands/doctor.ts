import os from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { describeError } from '@rose/foundation';
import { ExitCode } from '../exit-code.js';
import { describeBackends, startBackend } from '../registry/backends.js';
import { versionOf } from '../run/provenance.js';
import type { Command } from './command.js';

/** Whether a backend computes, tried by computing with it. */
async function tryBackend(name: string): Promise<string> {
  try {
    await startBackend(name, 1);
    const product = tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])));
    const value = (await product.data())[0];
    product.dispose();
    return value === 3 ? 'usable' : `wrong: 3 came out as ${value}`;
  } catch (error) {
    return `not usable: ${describeError(error)}`;
  }
}

export const doctorCommand: Command = (parser, end) =>
  void parser.command('doctor', 'Say what this machine is and which backends work on it', {}, async () => {
    const lines = [
      `node        ${process.version}, ${os.platform()}-${os.arch()}`,
      `cpu         ${os.cpus()[0]?.model.trim() ?? 'unknown'}, ${os.availableParallelism()} cores`,
      `memory      ${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`,
      `tfjs-core   ${versionOf('@tensorflow/tfjs-core')}`,
      `onnxruntime ${versionOf('onnxruntime-node')}`,
      'backends',
    ];
    for (const { name, description } of describeBackends())
      lines.push(`  ${name.padEnd(9)} ${await tryBackend(name)} (${description})`);
    process.stdout.write(`${lines.join('\n')}\n`);
    end(ExitCode.Done);
  });
