import { InputError, nearestName } from '@rose/foundation';
import type { Catalogue } from '../catalogue/catalogue.js';
import { readPlan } from '../experiment/plan-file.js';
import { executeRun } from './execute-run.js';
import type { ProgressEvent } from './progress-event.js';
import { RunFolder } from './run-folder.js';
import type { RunState } from './run-record.js';

export interface RunPlannedOptions {
  /** The folder of the results, with plan.json. */
  readonly out: string;
  readonly id: string;
  readonly catalogue: Catalogue;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress: (event: ProgressEvent) => void;
  /** Told what loading the model has found worth saying, when it is loaded for training. */
  readonly onNotes?: (notes: readonly string[]) => void;
}

/**
 * Does one run of a written plan in this process. Idempotent: what is done already is not done again.
 * @returns how it ended
 * @throws InputError when there is no such run
 */
export async function runPlanned({ out, id, ...options }: RunPlannedOptions): Promise<RunState> {
  const { runs, experiment } = await readPlan(out);
  const run = runs.find((planned) => planned.id === id);
  if (!run) {
    const nearest = nearestName(
      id,
      runs.map((planned) => planned.id),
    );
    throw new InputError(`The plan has no run '${id}'.`, {
      where: out,
      option: 'id',
      hint: nearest ? `Did you mean '${nearest}'?` : `It has ${runs.length} runs; see plan.json.`,
    });
  }
  const { state } = await executeRun({ ...options, run, experiment, folder: RunFolder.of(out, id) });
  return state;
}
