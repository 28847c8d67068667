import { readPlan, standardCatalogue, writeReport } from '@rose/experiments';
import { ExitCode } from './exit-code.js';
import { printTable } from '../terminal/print-table.js';
import { defineCommand } from './command.js';

export const reportCommand = defineCommand({
  name: 'report',
  description: 'Make the tables and the report of a folder of results again',
  options: {
    out: { type: 'string', demandOption: true, describe: 'Folder of the results, with plan.json' },
  },
  async run({ out }) {
    printTable(await writeReport({ out, plan: await readPlan(out), catalogue: standardCatalogue() }));
    return ExitCode.Done;
  },
});
