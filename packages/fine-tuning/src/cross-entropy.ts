import * as tf from '@tensorflow/tfjs-core';

/**
 * CE(p, y) = −mean over rows of log p[y].
 * @param logits [rows, classes]
 * @param targets one-hot rows, [rows, classes]
 */
export function crossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  const logLikelihood = tf.sum(tf.mul(tf.logSoftmax(logits), targets), -1);
  return tf.neg(tf.mean<tf.Scalar>(logLikelihood));
}
