import type { ParameterRole } from '@rose/encoders';
import { InterruptedError, NonFiniteError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';
import { evaluateTogether, recycle } from './evaluate-together.js';
import { firstNonFinite } from './finite.js';
import type { StepContext } from './step-context.js';
import type { TrainingSet } from './training-set.js';

/** What is asked of a train set: its batches, and the way of each through a step. */
export type PreviewedSet = Pick<TrainingSet, 'stepsPerEpoch' | 'batches' | 'context' | 'idsOf'>;

/** What a selection may learn before the first step, while the weights are still the pretrained ones. */
export interface TrainingPreview {
  readonly seed: number;
  /** Shape of every parameter, by name, in the model's order. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** What every parameter is for, by the same names. */
  readonly roles: ReadonlyMap<string, ParameterRole>;
  /** A parameter's pretrained weights. Not to be changed, and not to be relied on once training begins: copy them. */
  weights(parameter: string): Float32Array;
  readonly maxGradientNorm: number;
  /** Batches an epoch. */
  readonly batches: number;
  /**
   * ∂CE/∂w of the parameters named for each batch of one epoch, from one dropout pass, unclipped; each parameter's gradient
   * is not to be kept beyond its turn. Cost F + B a batch.
   */
  gradients(parameters: readonly string[]): AsyncIterable<ReadonlyMap<string, Float32Array>>;
}

/**
 * One pass over the train set without moving a weight. Its batches are the first epoch's; its dropout is its own: the
 * steps are numbered downwards from −1.
 * @throws InterruptedError when the signal is aborted meanwhile
 * @throws NonFiniteError for a gradient that is not finite, naming the rows
 */
export async function* previewGradients(
  set: PreviewedSet,
  { parameters, signal }: { readonly parameters: readonly string[]; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<ReadonlyMap<string, Float32Array>> {
  for (const [i, batch] of set.batches(0).entries()) {
    if (signal?.aborted) throw new InterruptedError();
    const context = set.context(batch, -1 - i);
    const gradients = record(context, parameters);
    try {
      await evaluateTogether([...gradients.values()]);
      const values = new Map<string, Float32Array>();
      for (const [name, gradient] of gradients) values.set(name, (await gradient.data()) as Float32Array);
      for (const [name, value] of values) {
        if (firstNonFinite(value) !== undefined) {
          throw new NonFiniteError(
            `Before the first step: the gradient of ${name} is not finite. Rows: ${set.idsOf(batch)}.`,
          );
        }
      }
      yield values;
    } finally {
      recycle([...gradients.values()]);
      context.dispose();
    }
  }
}

function record(context: StepContext, parameters: readonly string[]): ReadonlyMap<string, tf.Tensor> {
  const engine = tf.engine();
  engine.startScope('preview');
  try {
    const loss = () => crossEntropy(context.dropoutPass(), context.targets);
    const { gradients } = context.gradientsOf(loss, parameters);
    for (const gradient of gradients.values()) tf.keep(gradient);
    return gradients;
  } finally {
    engine.endScope();
  }
}
