import type { ProgressEvent } from './progress-event.js';
import { executeRun } from './execute-run.js';
import { RunFolder } from './run-folder.js';
import { readPlan } from '../sweep/plan-file.js';
import { InputError, nearestName } from '@rose/foundation';
import { ExitCode } from '@rose/runner';

export interface RunOneOptions {
  readonly out: string;
  readonly id: string;
  readonly threads: number;
  readonly onProgress: (event: ProgressEvent) => void;
}

/** Does one run of a written plan in this process. Idempotent: what is done already is not done again. */
export async function runOne({ out, id, threads, onProgress }: RunOneOptions): Promise<ExitCode> {
  const { runs, experiment } = await readPlan(out);
  const run = runs.find((planned) => planned.id === id);
  if (!run) {
    const nearest = nearestName(
      id,
      runs.map((planned) => planned.id),
    );
    throw new InputError(`The plan has no run '${id}'.`, {
      where: out,
      hint: nearest ? `Did you mean '${nearest}'?` : `It has ${runs.length} runs; see plan.json.`,
    });
  }
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // The sweep's process went away: save and stop rather than train on for nobody.
  process.on('disconnect', stop);
  const record = await executeRun({
    run,
    experiment,
    folder: RunFolder.of(out, id),
    threads,
    signal: controller.signal,
    onProgress,
  });
  if (record.state === 'done') return ExitCode.Done;
  return record.state === 'interrupted' ? ExitCode.Interrupted : ExitCode.Failed;
}
