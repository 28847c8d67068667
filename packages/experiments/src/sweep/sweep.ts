import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { ProgressEvent } from '../run/progress-event.js';
import type { Plan, PlannedRun } from '../experiment/plan.js';
import { RunFolder } from '../run/run-folder.js';
import type { RunRecord } from '../run/run-record.js';
import { writePlan } from '../experiment/plan-file.js';
import { type RunStatus, statusOf } from './run-status.js';

/** How one run of a sweep, or the sweep as a whole, has ended. */
export type Ending = 'done' | 'failed' | 'interrupted';

/** What a launcher is asked for: one run of the plan in `out`, with its share of the cores. */
export interface LaunchOptions {
  readonly out: string;
  readonly id: string;
  readonly threads: number;
  readonly onProgress: (event: ProgressEvent) => void;
  readonly signal: AbortSignal;
}

/** How a launched run has ended, with the last words of one that died without a record. */
export interface Launched {
  readonly ending: Ending;
  readonly lastWords: string;
}

/** Told of what happens while a sweep goes on. */
export interface SweepObserver {
  begin(run: PlannedRun): void;
  update(run: PlannedRun, event: ProgressEvent): void;
  end(
    run: PlannedRun,
    ending: Ending,
    told: { readonly record: RunRecord | undefined; readonly lastWords: string },
  ): void;
}

export interface SweepOptions {
  readonly out: string;
  readonly plan: Plan;
  /** What is to be done, from `sweepAgenda`. */
  readonly todo: readonly PlannedRun[];
  /** Runs at a time. */
  readonly jobs: number;
  /** Whether finished runs among them are begun anew. */
  readonly force: boolean;
  /** Does one run, in a process of its own so that a crash takes no other run with it. */
  readonly launch: (options: LaunchOptions) => Promise<Launched>;
  readonly observer: SweepObserver;
  readonly signal: AbortSignal;
}

/** What a sweep would do: the runs that were chosen, how each of them stands, and which are left. */
export async function sweepAgenda({
  out,
  runs,
  force,
}: {
  readonly out: string;
  readonly runs: readonly PlannedRun[];
  readonly force: boolean;
}): Promise<{ readonly statuses: readonly RunStatus[]; readonly todo: readonly PlannedRun[] }> {
  const statuses = await statusOf(out, runs);
  return { statuses, todo: statuses.filter(({ done }) => force || !done).map(({ run }) => run) };
}

/** What a run is expected to cost in comparison with others; 1 where its plan does not say. */
export const costOf = ({ cost = 1 }: PlannedRun): number => cost;

/** Writes the plan and does the runs that are left, `jobs` at a time, each with its share of the cores. */
export async function sweep({ out, plan, todo, jobs, force, ...work }: SweepOptions): Promise<Ending> {
  const { launch, observer, signal } = work;
  await writePlan(out, plan);
  if (force) for (const { id } of todo) await rm(RunFolder.of(out, id).folder, { recursive: true, force: true });
  const threads = Math.max(1, Math.floor(availableParallelism() / jobs));
  // The dearest first: a long run that starts last would leave the other cores idle at the end.
  const queue = [...todo].sort((a, b) => costOf(b) - costOf(a));
  const endings: Ending[] = [];

  const worker = async () => {
    for (let run = queue.shift(); run && !signal.aborted; run = queue.shift()) {
      const current = run;
      observer.begin(current);
      const onProgress = (event: ProgressEvent) => observer.update(current, event);
      const { ending, lastWords } = await launch({ out, id: current.id, threads, signal, onProgress });
      const record = await RunFolder.of(out, current.id).read();
      // A process that says it is done has left a record that says so too.
      const ended = ending === 'done' && !record?.training ? 'failed' : ending;
      endings.push(ended);
      observer.end(current, ended, { record, lastWords });
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  if (signal.aborted || endings.includes('interrupted')) return 'interrupted';
  return endings.includes('failed') ? 'failed' : 'done';
}
