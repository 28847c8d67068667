import * as tf from '@tensorflow/tfjs-core';

/**
 * Turns columns that count distances into columns that count tokens: x [B, heads, n, n + m] → [B, heads, n, m], where element (i, j)
 * of the result is (i, n − 1 − i + j) of x. Read as a matrix that is one column narrower, each row of x begins one place later than
 * the row before, so what is wanted stands in the first columns (Huang et al. 2018, arXiv:1809.04281, section 3.4.1).
 */
export function skewed(x: tf.Tensor4D): tf.Tensor4D {
  const [rows, heads, asking, columns] = x.shape;
  const narrower = columns - 1;
  const flat: tf.Tensor3D = tf.reshape(x, [rows, heads, asking * columns]);
  const shifted = tf.slice(flat, [0, 0, asking - 1], [rows, heads, asking * narrower]);
  const matrix: tf.Tensor4D = tf.reshape(shifted, [rows, heads, asking, narrower]);
  return tf.slice(matrix, [0, 0, 0, 0], [rows, heads, asking, columns - asking]);
}
