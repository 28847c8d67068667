import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from '../weights.js';

/** Layer normalisation over the last axis (Ba et al. 2016), variance without Bessel's correction as in PyTorch. */
export function layerNorm(x: tf.Tensor2D, weights: Weights, epsilon: number): tf.Tensor2D {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const normed = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(normed, weights.get('weight')), weights.get('bias'));
}
