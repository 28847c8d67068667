import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch-tensors.js';
import { linear } from '../layers/linear.js';
import type { Weights } from '../weights.js';

/** tanh of a linear layer over the first token, [CLS]: hidden [B·T, width] → [B, width]. */
export function bertPooler(hidden: tf.Tensor2D, { rows, length }: BatchTensors, weights: Weights): tf.Tensor2D {
  const width = hidden.shape[1];
  const tokens: tf.Tensor3D = tf.reshape(hidden, [rows, length, width]);
  const first: tf.Tensor2D = tf.reshape(tf.slice(tokens, [0, 0, 0], [rows, 1, width]), [rows, width]);
  return tf.tanh(linear(first, weights.at('dense')));
}
