import { rm } from 'node:fs/promises';
import { type WritableTensor, readSafetensors, writeSafetensors } from '@rose/encoders';
import { InputError } from '@rose/foundation';
import type { Optimizer } from './optimizer.js';
import type { ParameterState } from './update-rule.js';

/** Where training stands between two steps; with weights and moments it is all that a resumed run needs. */
export interface TrainingProgress {
  /** Steps taken. */
  readonly step: number;
  /** The best epoch so far on the clean dev set, if one has ended. */
  readonly best: { readonly epoch: number; readonly score: number } | null;
  /** μ summed over the masked steps, by parameter, and the number of those steps. */
  readonly kept: Readonly<Record<string, number>>;
  readonly maskedSteps: number;
}

const moments = ['weights', 'momentum', 'variance'] as const;

/**
 * Writes weights, moments and progress into one file, atomically: a reader sees the state before or after, never half of it.
 * @param identity what the state belongs to (a hash of the settings); `loadTrainingState` refuses any other
 */
export async function saveTrainingState(
  file: string,
  { optimizer, progress, identity }: { optimizer: Optimizer; progress: TrainingProgress; identity: string },
): Promise<void> {
  const tensors = new Map<string, WritableTensor>();
  for (const [name, state] of optimizer.states) {
    for (const kind of moments) tensors.set(`${kind}/${name}`, { shape: [state[kind].length], data: state[kind] });
  }
  await writeSafetensors(file, tensors, { identity, progress: JSON.stringify(progress) });
}

/** Brings an optimizer back to a saved state; throws `InputError` for a file that belongs to other settings. */
export async function loadTrainingState(
  file: string,
  { optimizer, identity }: { optimizer: Optimizer; identity: string },
): Promise<TrainingProgress> {
  const { tensors, metadata } = await readSafetensors(file);
  const refuse = (why: string) =>
    new InputError(`The training state ${why}.`, {
      where: file,
      hint: 'Delete the file to train this run from its start.',
    });
  if (metadata['identity'] !== identity) throw refuse('belongs to other settings');
  const progress = JSON.parse(metadata['progress'] ?? 'null') as TrainingProgress | null;
  if (!progress) throw refuse('has no progress');
  const states = new Map<string, ParameterState>();
  for (const name of optimizer.states.keys()) {
    const [weights, momentum, variance] = moments.map((kind) => tensors.get(`${kind}/${name}`)?.data);
    if (!weights || !momentum || !variance) throw refuse(`lacks the parameter '${name}'`);
    if (weights.length !== optimizer.state(name).weights.length) throw refuse(`has another size for '${name}'`);
    states.set(name, { weights, momentum, variance });
  }
  optimizer.restore(progress.step, states);
  return progress;
}

export async function removeTrainingState(file: string): Promise<void> {
  await rm(file, { force: true });
}
