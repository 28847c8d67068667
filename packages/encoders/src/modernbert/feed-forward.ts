import * as tf from '@tensorflow/tfjs-core';
import { activations } from '../layers/activations.js';
import { linear } from '../layers/linear.js';
import type { Weights } from '../layers/weights.js';
import type { Pass } from './pass.js';

/**
 * GeGLU (Shazeer 2020): act(a)∘g with [a, g] = Wi·x, then Wo. No norm and no residual: x [n, width] → [n, width].
 * @param weights those of the layer's `mlp`
 */
export function feedForward(x: tf.Tensor2D, weights: Weights, pass: Pass): tf.Tensor2D {
  const [input, gate] = tf.split(linear(x, weights.at('Wi')), 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  const gated: tf.Tensor2D = tf.mul(activations[pass.config.activation](input), gate);
  return linear(pass.feedForwardDropout.apply(gated), weights.at('Wo'));
}
