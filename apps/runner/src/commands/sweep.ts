import { sweep } from '@rose/experiments';
import type { Command } from './command.js';
import { experimentOptions } from './experiment-options.js';

export const sweepCommand: Command = (parser, end) =>
  void parser.command(
    'sweep',
    'Run an experiment: train and attack every variant and seed, and print the table',
    (args) =>
      args
        .options(experimentOptions)
        .option('out', { type: 'string', describe: 'Folder of the results; default results/<experiment>' })
        .option('jobs', {
          type: 'number',
          default: 2,
          describe: 'Runs at a time, one process each, the cores shared out between them',
        })
        .option('only', { type: 'string', describe: 'Runs whose id matches; * stands for anything' })
        .option('plan', {
          type: 'boolean',
          default: false,
          describe: 'Print what would run, what is done, the time it takes; touch nothing',
        })
        .option('augment-with', {
          type: 'string',
          describe: 'Results of rose attack to train on as well: --set=data.augmentWith=[…] for short',
        })
        .option('force', { type: 'boolean', default: false, describe: 'Run finished runs again' }),
    async ({ augmentWith, set, ...args }) => {
      const added = augmentWith === undefined ? [] : [`data.augmentWith=${JSON.stringify([augmentWith])}`];
      end(await sweep({ ...args, set: [...set, ...added] }));
    },
  );
