import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from '../weights.js';

/** Rows of `weight` [vocabulary, width] by id: [B, T] → [B, T, width]. */
export function embedding(ids: tf.Tensor2D, weights: Weights): tf.Tensor3D {
  const [rows, length] = ids.shape;
  const table = weights.get('weight');
  const width = table.shape[1] as number;
  return tf.reshape(tf.gather(table, tf.reshape(ids, [rows * length])), [rows, length, width]);
}
