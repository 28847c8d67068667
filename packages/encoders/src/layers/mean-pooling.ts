import * as tf from '@tensorflow/tfjs-core';

/** The mean of the real tokens: hidden [B·T, width], mask [B, T] with at least one token a row → [B, width]. */
export function meanPooling(hidden: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor2D {
  const [rows, length] = mask.shape;
  const tokens: tf.Tensor3D = tf.reshape(hidden, [rows, length, hidden.shape[1]]);
  const sum = tf.sum(tf.mul(tokens, tf.reshape(mask, [rows, length, 1])), 1);
  return tf.div(sum, tf.sum(mask, 1, true));
}
