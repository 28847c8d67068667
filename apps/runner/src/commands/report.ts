import { ExitCode } from '../exit-code.js';
import { readPlan } from '@rose/experiments';
import { writeReport } from '@rose/experiments';
import type { Command } from './command.js';

export const reportCommand: Command = (parser, end) =>
  void parser.command(
    'report',
    'Make the tables and the report of a folder of results again',
    (args) =>
      args.option('out', { type: 'string', demandOption: true, describe: 'Folder of the results, with plan.json' }),
    async ({ out }) => {
      await writeReport({ out, plan: await readPlan(out) });
      end(ExitCode.Done);
    },
  );
