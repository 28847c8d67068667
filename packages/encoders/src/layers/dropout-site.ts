import * as tf from '@tensorflow/tfjs-core';
import type { DropoutMasks } from '../dropout.js';

/** Drops elements and scales the rest so that the expectation stays. */
export type DropoutSite = <T extends tf.Tensor>(x: T) => T;

const keepAll: DropoutSite = (x) => x;

/** Dropout at one rate with the masks of a pass; the identity in evaluation and at rate 0. */
export function dropoutSite(masks: DropoutMasks | undefined, rate: number): DropoutSite {
  if (!masks || rate === 0) return keepAll;
  return <T extends tf.Tensor>(x: T): T =>
    tf.mul(x, tf.mul(tf.cast(masks.next(x.shape, rate), 'float32'), 1 / (1 - rate)));
}
