import * as tf from '@tensorflow/tfjs-core';
import type { DropoutMasks } from './dropout.js';

/** A place in a network where elements are dropped. The rest are scaled up, so that the expectation stays the same. */
export interface DropoutSite {
  /** The factors for x, 0 or 1/(1−rate); undefined if nothing is dropped. */
  factors(shape: readonly number[]): tf.Tensor | undefined;
  apply<T extends tf.Tensor>(x: T): T;
}

/** Dropout at one rate with the masks of a pass; the identity in evaluation and at rate 0. */
export function dropoutSite(masks: DropoutMasks | undefined, rate: number): DropoutSite {
  const factors = (shape: readonly number[]): tf.Tensor | undefined =>
    masks && rate > 0 ? tf.mul(tf.cast(masks.next(shape, rate), 'float32'), 1 / (1 - rate)) : undefined;
  return {
    factors,
    apply<T extends tf.Tensor>(x: T): T {
      const kept = factors(x.shape);
      return kept ? tf.mul(x, kept) : x;
    },
  };
}
