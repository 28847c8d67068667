import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from './weights.js';

/** Tables up to so many rows are read by a product with one-hot rows: its gradient needs no scattering into the table. */
const FEW_ROWS = 16;

/** Rows of `weight` [vocabulary, width] by id: [B, T] → [B, T, width]. */
export function embedding(ids: tf.Tensor2D, weights: Weights): tf.Tensor3D {
  const [rows, length] = ids.shape;
  const table = weights.get('weight') as unknown as tf.Tensor2D;
  const [vocabulary, width] = table.shape;
  const flat: tf.Tensor1D = tf.reshape(ids, [rows * length]);
  // tf.oneHot wants two columns at least.
  const few = vocabulary >= 2 && vocabulary <= FEW_ROWS;
  const looked = few ? tf.matMul(tf.oneHot(flat, vocabulary), table) : tf.gather(table, flat);
  return tf.reshape(looked, [rows, length, width]);
}
