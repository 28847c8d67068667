import { availableParallelism } from 'node:os';
import { renderMetrics } from '@rose/attacks';
import { type AttackedVictim, attackVictim, standardCatalogue } from '@rose/experiments';
import { ExitCode } from './exit-code.js';
import { AttackProgress } from '../terminal/attack-progress.js';
import { COUNTS, THREADS, defineCommand } from './command.js';
import { experimentOptions, tellNotes } from './experiment-options.js';
import { interruptible } from './interruption.js';
import { namesIn } from './names-in.js';

export const attackCommand = defineCommand({
  name: 'attack',
  description: 'Attack a classifier that is there already, and measure what is left of its accuracy',
  options: {
    victim: {
      type: 'string',
      demandOption: true,
      describe:
        'A run or checkpoint folder, a folder or hub name for transformers.js (transformers:NAME), a module (./mine.mjs), a URL',
    },
    recipe: { type: 'string', default: 'textfooler', describe: 'See rose list recipes' },
    task: { type: 'string', default: 'sst2', describe: 'The task that the victim was trained on; see rose list tasks' },
    examples: { type: 'number', numbers: COUNTS, describe: 'Dev rows under attack; default attack.examples, 100' },
    seed: { type: 'number', numbers: { from: 0, whole: true }, default: 1, describe: 'Of recipes that draw numbers' },
    out: { type: 'string', describe: 'Folder of the results; what is there already is not done again' },
    concurrency: {
      type: 'number',
      numbers: COUNTS,
      default: 32,
      describe: 'Examples under attack at once; results do not depend on it',
    },
    'query-budget': { type: 'number', numbers: COUNTS, describe: 'Queries an example at most' },
    'time-budget': {
      type: 'number',
      numbers: { from: 0 },
      describe: 'Seconds an example at most; results then depend on the machine',
    },
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
    threads: {
      type: 'number',
      numbers: THREADS,
      default: availableParallelism(),
      describe: 'Threads of the engine',
    },
    force: { type: 'boolean', default: false, describe: 'Begin again, whatever is in the folder' },
    'retry-errors': {
      type: 'boolean',
      default: false,
      describe: 'Attack again what ended in errors, and nothing else',
    },
    diffs: { type: 'boolean', default: true, describe: 'Show what changed in each text; --no-diffs' },
  },
  repeatable: ['set'],
  sets: { frozenColumns: 'freeze' },
  async run({ labels, freeze, diffs, ...args }) {
    const print = (text: string) => void process.stdout.write(`${text}\n`);
    const status = process.stderr.isTTY ? (line: string) => void process.stderr.write(`\r\u001b[K${line}`) : undefined;
    const colour = process.stdout.isTTY && !process.env['NO_COLOR'];
    let progress: AttackProgress | undefined;
    let begun: { readonly total: number; readonly labels: readonly string[] } | undefined;
    const attacked = await interruptible((signal) =>
      attackVictim({
        ...args,
        labels: namesIn('labels', labels),
        freeze: namesIn('freeze', freeze),
        catalogue: standardCatalogue(),
        signal,
        onBegin(attack) {
          begun = attack;
          tellNotes(attack);
        },
        onOutcome: (outcome, done) => {
          // The first that is new says how many there were before.
          progress ??= new AttackProgress({
            ...{ total: begun?.total ?? 0, labels: begun?.labels ?? [], done: done - 1 },
            ...{ diffs, print, colour, status },
          });
          progress.add(outcome, done);
        },
      }),
    ).finally(() => progress?.close());
    printResults(attacked, print);
    return attacked.metrics.errors > 0 ? ExitCode.Failed : ExitCode.Done;
  },
});

function printResults(attacked: AttackedVictim, print: (text: string) => void): void {
  const { metrics, schedule, examples, files } = attacked;
  print(`\n${attacked.recipe} on ${attacked.victim}, ${attacked.taskLabel}\n${renderMetrics(metrics)}`);
  if (schedule.resumed < examples) {
    const { examplesPerMinute, modelTimeShare, texts, calls } = schedule;
    print(
      `${examplesPerMinute.toFixed(1)} examples a minute, ${(100 * modelTimeShare).toFixed(0)} % of the time inside the victim; it saw ${texts} texts in ${calls} calls`,
    );
  }
  print(files.join('\n'));
  if (metrics.errors > 0) print(`${metrics.errors} examples ended in errors; --retry-errors attacks them again.`);
}
