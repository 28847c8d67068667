import type { PlannedRun, RunStatus } from '@rose/experiments';
import { costOf, secondsOf } from '@rose/experiments/internal';
import { formatDuration } from '@rose/foundation';

export interface PlanView {
  readonly title: string;
  readonly out: string;
  readonly statuses: readonly RunStatus[];
  readonly todo: readonly PlannedRun[];
  readonly jobs: number;
}

/** Says what a sweep would do, and touches nothing. */
export function printPlan({ title, out, statuses, todo, jobs }: PlanView): void {
  const pending = new Set(todo.map(({ id }) => id));
  const width = Math.max(...statuses.map(({ run }) => run.id.length));
  const lines = statuses.map(({ run, record }) => {
    const state = pending.has(run.id)
      ? record?.training?.hash === run.trainingHash
        ? 'to evaluate'
        : 'to do'
      : 'done';
    return `  ${run.id.padEnd(width)}  ${run.hash}  ${state}`;
  });
  const seconds = estimateSeconds(statuses, todo);
  const time =
    seconds === undefined ? 'unknown until a run has been timed here' : `about ${formatDuration(seconds / jobs)}`;
  process.stdout.write(
    [
      title,
      ...lines,
      `${statuses.length - todo.length} done, ${todo.length} to do. Time: ${time}. Results: ${out}`,
      '',
    ].join('\n'),
  );
}

/** Seconds of work, from the runs that were timed in this folder and the cost of each variant. */
function estimateSeconds(statuses: readonly RunStatus[], todo: readonly PlannedRun[]): number | undefined {
  let seconds = 0;
  let cost = 0;
  for (const { run, record, done } of statuses) {
    if (!done || !record?.training) continue;
    seconds += secondsOf(record);
    cost += costOf(run);
  }
  return cost === 0 ? undefined : (seconds / cost) * todo.reduce((sum, run) => sum + costOf(run), 0);
}
