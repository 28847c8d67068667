import * as tf from '@tensorflow/tfjs-core';
import type { DropoutMasks } from '../dropout.js';

/** A place in a network where elements are dropped and the rest scaled so that the expectation stays. */
export interface DropoutSite {
  /** What x is to be multiplied with, 0 or 1/(1−rate); nothing where nothing is dropped. */
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
