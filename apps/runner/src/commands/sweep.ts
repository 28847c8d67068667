import path from 'node:path';
import { makePlan, selectRuns, standardCatalogue, sweep, sweepAgenda, writeReport } from '@rose/experiments';
import { costOf } from '@rose/experiments/internal';
import { InputError, checkFolder, formatDuration } from '@rose/foundation';
import { ExitCode, exitCodeOf } from './exit-code.js';
import { launchRun } from './launch-run.js';
import { printPlan } from '../terminal/print-plan.js';
import { printTable } from '../terminal/print-table.js';
import { SweepProgress } from '../terminal/sweep-progress.js';
import { COUNTS, defineCommand } from './command.js';
import { askedExperiment, experimentOptions, tellNotes } from './experiment-options.js';
import { interruptible } from './interruption.js';

export const sweepCommand = defineCommand({
  name: 'sweep',
  description: 'Run an experiment: train and attack every variant and seed, and print the table',
  options: {
    ...experimentOptions,
    out: { type: 'string', describe: 'Folder of the results; default results/<experiment>' },
    jobs: {
      type: 'number',
      numbers: COUNTS,
      default: 2,
      describe: 'Runs at a time, one process each, the cores shared out between them',
    },
    only: { type: 'string', describe: 'Runs whose id matches; * stands for anything' },
    plan: {
      type: 'boolean',
      default: false,
      describe: 'Print what would run, what is done, the time it takes; touch nothing',
    },
    'augment-with': {
      type: 'string',
      describe: 'Results of rose attack to train on as well: --set=data.augmentWith=[…] for short',
    },
    force: { type: 'boolean', default: false, describe: 'Run finished runs again' },
  },
  repeatable: ['set'],
  async run({ augmentWith, force, only, jobs: wanted, ...args }) {
    const started = Date.now();
    const catalogue = standardCatalogue();
    const asked = await askedExperiment({ ...args, set: withAugmentation(args.set, augmentWith) }, catalogue);
    const { name, experiment } = asked;
    const plan = await makePlan(asked, catalogue);
    const out = args.out ?? path.join('results', name);
    const chosen = selectRuns(plan.runs, only);
    await checkFolder(out, { option: 'out', tries: !args.plan });
    tellNotes(asked);
    tellNotes(plan);
    const { statuses, todo } = await sweepAgenda({ out, runs: chosen, force });
    const jobs = Math.max(1, Math.min(wanted, todo.length));
    if (args.plan) {
      printPlan({ out, title: experiment.title, statuses, todo, jobs });
      return ExitCode.Done;
    }
    process.stdout.write(
      `${experiment.title}\n${chosen.length} runs: ${chosen.length - todo.length} done already, ${todo.length} to do, ${jobs} at a time. Results: ${out}\n`,
    );
    const observer = new SweepProgress({
      runs: todo,
      costOf,
      suites: experiment.suites,
      write: (text) => process.stdout.write(text),
      interactive: process.stdout.isTTY,
    });
    const ending = await interruptible((signal) =>
      sweep({ out, plan, todo, jobs, force, launch: launchRun, observer, signal }),
    );
    observer.close();
    printTable(await writeReport({ out, plan, catalogue }));
    process.stdout.write(
      `\nTook ${formatDuration((Date.now() - started) / 1000)}. Tables: ${path.join(out, 'tables')}, report: ${path.join(out, 'report.html')}\n`,
    );
    return exitCodeOf(ending);
  },
});

/** The overrides with what `--augment-with` says. */
function withAugmentation(set: readonly string[], augmentWith: string | undefined): readonly string[] {
  if (augmentWith === undefined) return set;
  const other = set.find((override) => /^data(\.augmentWith)?=/.test(override));
  if (other === undefined) return [...set, `data.augmentWith=${JSON.stringify([augmentWith])}`];
  throw new InputError('The rows to add are given twice.', {
    where: `--augment-with=${augmentWith}, --set=${other}`,
    hint: 'Give all of them with --set=data.augmentWith=[…].',
  });
}
