import { availableParallelism } from 'node:os';
import { attack } from '../attack/attack.js';
import { recipeNames } from '@rose/experiments';
import { experimentOptions } from './experiment-options.js';
import type { Command } from './command.js';

const options = {
  victim: {
    type: 'string',
    demandOption: true,
    describe:
      'A run or checkpoint folder, a folder or hub name for transformers.js (transformers:NAME), a module (./mine.mjs), a URL',
  },
  recipe: { type: 'string', default: 'textfooler', describe: `Of ${recipeNames().join(', ')}` },
  task: { type: 'string', default: 'sst2', describe: 'The task that the victim was trained on; see rose list tasks' },
  examples: { type: 'number', describe: 'Dev rows under attack; default attack.examples, 100' },
  seed: { type: 'number', default: 1, describe: 'Of recipes that draw numbers' },
  out: { type: 'string', describe: 'Folder of the results; what is there already is not done again' },
  concurrency: { type: 'number', default: 32, describe: 'Examples under attack at once; results do not depend on it' },
  'query-budget': { type: 'number', describe: 'Queries an example at most' },
  'time-budget': { type: 'number', describe: 'Seconds an example at most; results then depend on the machine' },
  labels: { type: 'string', describe: "The victim's names for the task's labels, in the task's order: NEG,POS" },
  freeze: { type: 'string', describe: 'Columns of a pair that stay as they are, by name: premise' },
  'language-model': {
    type: 'string',
    describe:
      'To measure fluency with: a causal language model for transformers.js (a folder, or a hub name such as Xenova/gpt2), or a module (./lm.mjs) that exports perplexities(texts)',
  },
  set: {
    ...experimentOptions.set,
    describe: 'A setting of data, attack, backend or victim, SECTION.KEY=VALUE; repeatable',
  },
  threads: { type: 'number', default: availableParallelism(), describe: 'Threads of the engine' },
  force: { type: 'boolean', default: false, describe: 'Begin again, whatever is in the folder' },
  'retry-errors': { type: 'boolean', default: false, describe: 'Attack again what ended in errors, and nothing else' },
  diffs: { type: 'boolean', default: true, describe: 'Show what changed in each text; --no-diffs' },
} as const;

/** What stands between commas. */
const listOf = (text: string | undefined) => text?.split(',').map((part) => part.trim());

export const attackCommand: Command = (parser, end) =>
  void parser.command(
    'attack',
    'Attack a classifier that is there already, and measure what is left of its accuracy',
    (args) => args.options(options),
    async ({ labels, freeze, ...args }) => {
      const controller = new AbortController();
      const stop = () => controller.abort();
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
      const interactive = process.stderr.isTTY;
      try {
        const code = await attack({
          ...args,
          labels: listOf(labels),
          freeze: listOf(freeze),
          print: (text) => void process.stdout.write(`${text}\n`),
          colour: process.stdout.isTTY && !process.env['NO_COLOR'],
          status: interactive ? (line) => void process.stderr.write(`\r\u001b[K${line}`) : undefined,
          signal: controller.signal,
        });
        end(code);
      } finally {
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
      }
    },
  );
