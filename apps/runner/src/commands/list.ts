import { tasks } from '@rose/glue';
import { listExperiments } from '@rose/experiments';
import { ExitCode } from '../exit-code.js';
import { describeBackends } from '@rose/backends';
import { suiteNames } from '@rose/experiments';
import { variantNames } from '@rose/experiments';
import type { Command } from './command.js';

const kinds = {
  experiments: () => listExperiments(),
  variants: async () => [...variantNames(), 'and any objective with any selection of these, such as r3f+rose-ensemble'],
  tasks: async () => [...tasks.values()].map(({ name, title }) => `${name}  ${title}`),
  suites: async () => suiteNames(),
  backends: async () => describeBackends().map(({ name, description }) => `${name}  ${description}`),
} satisfies Record<string, () => Promise<string[]>>;

export const listCommand: Command = (parser, end) =>
  void parser.command(
    'list <kind>',
    'List the experiments, variants, tasks, suites or backends that can be named',
    (args) => args.positional('kind', { choices: Object.keys(kinds) as (keyof typeof kinds)[], demandOption: true }),
    async ({ kind }) => {
      process.stdout.write(`${(await kinds[kind]()).join('\n')}\n`);
      end(ExitCode.Done);
    },
  );
