import os from 'node:os';
import { ExitCode } from '../exit-code.js';
import { checkBackend, describeBackends } from '@rose/backends';
import { versionOf } from '@rose/experiments';
import type { Command } from './command.js';
import { examineInChild } from './doctor-child.js';
import { type Examination, examineBackend } from './doctor-examine.js';

/** Milliseconds for one backend. TensorFlow's libraries have hundreds of megabytes to be read. */
const patience = 120_000;

export const doctorCommand: Command = (parser, end) =>
  void parser.command(
    'doctor',
    'Say what this machine is and which backends work on it',
    (args) =>
      args.option('backend', {
        type: 'string',
        describe: 'Try only this backend, in this very process (one that crashes is seen to crash)',
      }),
    async ({ backend }) => {
      if (backend === undefined) await examineAll();
      else await examineHere(backend);
      end(ExitCode.Done);
    },
  );

async function examineAll(): Promise<void> {
  print(
    `node       ${process.version}, ${os.platform()}-${os.arch()}`,
    `cpu        ${os.cpus()[0]?.model.trim() ?? 'unknown'}, ${os.availableParallelism()} cores`,
    `memory     ${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`,
    `tfjs-core  ${versionOf('@tensorflow/tfjs-core')}`,
    'backends',
  );
  const main = process.argv[1] as string;
  for (const { name } of describeBackends())
    print(...report(name, await examineInChild({ main, args: ['doctor', `--backend=${name}`], patience })));
}

async function examineHere(name: string): Promise<void> {
  checkBackend(name);
  const examination = await examineBackend(name);
  if (process.send) await new Promise((sent) => process.send?.(examination, undefined, undefined, sent));
  else print(...report(name, examination));
}

/** A line of its own for what is the case, further ones, indented, for why. */
function report(name: string, { usable, findings }: Examination): string[] {
  const { description, engine } = checkBackend(name);
  const version = versionOf(engine);
  return [
    `  ${name.padEnd(14)} ${usable ? 'usable    ' : 'not usable'}  ${engine} ${version === 'unknown' ? '(not installed)' : version}: ${description}`,
    ...findings.split('\n').map((line) => `${' '.repeat(17)}${line}`),
  ];
}

const print = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
