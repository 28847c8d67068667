import type { Plan, PlannedRun } from '../experiment/plan.js';
import { RunFolder } from '../run/run-folder.js';
import { type RunRecord, isCurrent } from '../run/run-record.js';

export interface RunStatus {
  readonly run: PlannedRun;
  /** What is on disk for this run, with whatever hash. */
  readonly record: RunRecord | undefined;
  /** Finished with the settings of the plan: every suite has the right hash. */
  readonly done: boolean;
}

export async function statusOf(out: string, runs: Plan['runs']): Promise<RunStatus[]> {
  return Promise.all(
    runs.map(async (run) => {
      const record = await RunFolder.of(out, run.id).read();
      const suites = Object.keys(run.suiteHashes);
      const done =
        record?.state === 'done' &&
        record.training?.hash === run.trainingHash &&
        suites.every((suite) => isCurrent(record, run, suite));
      return { run, record, done };
    }),
  );
}
