import { availableParallelism } from 'node:os';
import { ExitCode } from '../exit-code.js';
import { runOne } from '@rose/experiments';
import type { Command } from './command.js';

export const runCommand: Command = (parser, end) =>
  void parser.command(
    'run',
    'Do one run of a plan that a sweep has written, in this process',
    (args) =>
      args
        .option('out', { type: 'string', demandOption: true, describe: 'Folder of the results, with plan.json' })
        .option('id', { type: 'string', demandOption: true, describe: 'Id of the run' })
        .option('threads', { type: 'number', default: availableParallelism(), describe: 'Threads of the engine' }),
    async ({ out, id, threads }) => {
      const code = await runOne({ out, id, threads, onProgress: (event) => void process.send?.(event) });
      end(code);
      if (!process.send) process.stdout.write(`${id}: ${code === ExitCode.Done ? 'done' : 'not done, see run.json'}\n`);
    },
  );
