import type { Plan, PlannedRun } from '@rose/experiments';
import { applySettings } from '@rose/experiments';
import { findVariant } from '@rose/experiments';
import { secondsOf } from '@rose/experiments';
import { formatDuration } from '@rose/foundation';
import type { RunStatus } from '@rose/experiments';

export interface PlanView {
  readonly out: string;
  readonly plan: Plan;
  readonly statuses: readonly RunStatus[];
  readonly todo: readonly PlannedRun[];
  readonly jobs: number;
}

/** Says what a sweep would do, and touches nothing. */
export function printPlan({ out, plan, statuses, todo, jobs }: PlanView): void {
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
  const seconds = estimateSeconds(plan, statuses, todo);
  const time =
    seconds === undefined ? 'unknown until a run has been timed here' : `about ${formatDuration(seconds / jobs)}`;
  process.stdout.write(
    [
      `${plan.experiment.title}`,
      ...lines,
      `${statuses.length - todo.length} done, ${todo.length} to do. Time: ${time}. Results: ${out}`,
      '',
    ].join('\n'),
  );
}

/** Seconds of work, from the runs that were timed in this folder and the cost of each variant. */
function estimateSeconds(
  { experiment }: Plan,
  statuses: readonly RunStatus[],
  todo: readonly PlannedRun[],
): number | undefined {
  const costOf = ({ variant, resolved }: PlannedRun) => findVariant(variant, applySettings(experiment, resolved)).cost;
  let seconds = 0;
  let cost = 0;
  for (const { run, record, done } of statuses) {
    if (!done || !record?.training) continue;
    seconds += secondsOf(record);
    cost += costOf(run);
  }
  return cost === 0 ? undefined : (seconds / cost) * todo.reduce((sum, run) => sum + costOf(run), 0);
}
