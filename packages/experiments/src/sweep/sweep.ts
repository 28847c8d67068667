import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { formatDuration, InputError } from '@rose/foundation';
import { loadExperiment } from '../experiment/load-experiment.js';
import { type PlannedRun, makePlan, selectRuns } from '../experiment/plan.js';
import { applySettings } from '../experiment/resolve-settings.js';
import { ExitCode } from '@rose/runner';
import { findVariant } from '../methods/variants.js';
import { RunFolder } from '../run/run-folder.js';
import { secondsOf } from '../run/run-record.js';
import { runInChild } from '@rose/runner';
import { writePlan } from './plan-file.js';
import { printPlan } from '@rose/runner';
import { SweepProgress } from '@rose/runner';
import { writeReport } from './report.js';
import { statusOf } from './run-status.js';

export interface SweepOptions {
  readonly experiment: string;
  readonly set: readonly string[];
  readonly out?: string | undefined;
  readonly jobs: number;
  readonly only?: string | undefined;
  readonly plan: boolean;
  readonly force: boolean;
}

/** Runs a whole experiment: plans it, does what is not done yet, and ends in tables over all of it. */
export async function sweep(options: SweepOptions): Promise<ExitCode> {
  const started = Date.now();
  const { name, experiment } = await loadExperiment(options.experiment, options.set);
  const plan = await makePlan(name, experiment);
  const out = options.out ?? path.join('results', name);
  const chosen = selectRuns(plan.runs, options.only);
  const statuses = await statusOf(out, chosen);
  if (!(Number.isInteger(options.jobs) && options.jobs >= 1)) {
    throw new InputError(`${options.jobs} runs at a time make no sense.`, {
      where: '--jobs',
      hint: 'Give a whole number from 1.',
    });
  }
  const todo = statuses.filter(({ done }) => options.force || !done).map(({ run }) => run);
  const jobs = Math.max(1, Math.min(options.jobs, todo.length));
  if (options.plan) {
    printPlan({ out, plan, statuses, todo, jobs });
    return ExitCode.Done;
  }
  await writePlan(out, plan);
  if (options.force)
    for (const run of todo) await rm(RunFolder.of(out, run.id).folder, { recursive: true, force: true });
  process.stdout.write(
    `${experiment.title}\n${chosen.length} runs: ${chosen.length - todo.length} done already, ${todo.length} to do, ${jobs} at a time. Results: ${out}\n`,
  );

  const ended = await runAll({ out, todo, jobs, experiment });
  await writeReport({ out, plan });
  process.stdout.write(
    `\nTook ${formatDuration((Date.now() - started) / 1000)}. Tables: ${path.join(out, 'tables')}, report: ${path.join(out, 'report.html')}\n`,
  );
  return ended;
}

interface Work {
  readonly out: string;
  readonly todo: readonly PlannedRun[];
  readonly jobs: number;
  readonly experiment: Awaited<ReturnType<typeof loadExperiment>>['experiment'];
}

/** The runs that are left, `jobs` at a time, each in its own process with its share of the cores. */
async function runAll({ out, todo, jobs, experiment }: Work): Promise<ExitCode> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const costOf = ({ variant, resolved }: PlannedRun) => findVariant(variant, applySettings(experiment, resolved)).cost;
  const progress = new SweepProgress({
    runs: todo,
    costOf,
    suites: experiment.suites,
    write: (text) => process.stdout.write(text),
    interactive: process.stdout.isTTY,
  });
  const threads = Math.max(1, Math.floor(availableParallelism() / jobs));
  // The dearest first: a long run that starts last would leave the other cores idle at the end.
  const queue = [...todo].sort((a, b) => costOf(b) - costOf(a));
  let worst: ExitCode = ExitCode.Done;

  const worker = async () => {
    for (let run = queue.shift(); run && !controller.signal.aborted; run = queue.shift()) {
      const current = run;
      progress.begin(current);
      const { exitCode, stderr } = await runInChild({
        out,
        id: current.id,
        threads,
        signal: controller.signal,
        onProgress: (event) => progress.update(current, event),
      });
      const record = await RunFolder.of(out, current.id).read();
      if (exitCode === ExitCode.Done && record?.training) {
        progress.end(
          current,
          `done in ${formatDuration(secondsOf(record))}, dev ${(100 * record.training.bestDevAccuracy).toFixed(1)} %`,
        );
      } else if (exitCode === ExitCode.Interrupted) {
        worst = ExitCode.Interrupted;
        progress.end(current, 'interrupted, will be resumed');
      } else {
        if (worst !== ExitCode.Interrupted) worst = ExitCode.Failed;
        const why = record?.state === 'failed' ? record.error : stderr.trim();
        progress.end(current, `failed: ${why ?? `exit code ${exitCode}`}`);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  progress.close();
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
  return controller.signal.aborted ? ExitCode.Interrupted : worst;
}
