import os from 'node:os';
import { backends, findBackend } from '@rose/backends';
import { type Examination, examineBackend } from '@rose/bench';
import { examineInChild } from '@rose/bench/internal';
import { versionOf } from '@rose/experiments/internal';
import { ExitCode } from './exit-code.js';
import { defineCommand } from './command.js';

/** Milliseconds for one backend. TensorFlow's libraries have hundreds of megabytes to be read. */
const patience = 120_000;

export const doctorCommand = defineCommand({
  name: 'doctor',
  description: 'Say what this machine is and which backends work on it',
  options: {
    backend: {
      type: 'string',
      describe: 'Try only this backend, in this very process (one that crashes is seen to crash)',
    },
  },
  async run({ backend }) {
    if (backend === undefined) await examineAll();
    else await examineHere(backend);
    return ExitCode.Done;
  },
});

async function examineAll(): Promise<void> {
  print(
    `node       ${process.version}, ${os.platform()}-${os.arch()}`,
    `cpu        ${os.cpus()[0]?.model.trim() ?? 'unknown'}, ${os.availableParallelism()} cores`,
    `memory     ${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`,
    `tfjs-core  ${versionOf('@tensorflow/tfjs-core')}`,
    'backends',
  );
  const main = process.argv[1] as string;
  for (const { name } of backends)
    print(...report(name, await examineInChild({ main, args: ['doctor', `--backend=${name}`], patience })));
}

async function examineHere(name: string): Promise<void> {
  findBackend(name);
  const examination = await examineBackend(name);
  if (process.send) await new Promise((sent) => process.send?.(examination, undefined, undefined, sent));
  else print(...report(name, examination));
}

/** A line of its own for what is the case, further ones, indented, for why. */
function report(name: string, { usable, findings }: Examination): string[] {
  const { title, engine } = findBackend(name);
  const version = versionOf(engine);
  return [
    `  ${name.padEnd(14)} ${usable ? 'usable    ' : 'not usable'}  ${engine} ${version === 'unknown' ? '(not installed)' : version}: ${title}`,
    ...findings.split('\n').map((line) => `${' '.repeat(17)}${line}`),
  ];
}

const print = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
