import * as tf from '@tensorflow/tfjs-core';
import { linear } from '../layers/linear.js';
import type { Weights } from '../layers/weights.js';

/** tanh of a linear layer over the state of the first token, [CLS]: [B, width] → [B, width]. */
export function bertPooler(first: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  return tf.tanh(linear(first, weights.at('dense')));
}
