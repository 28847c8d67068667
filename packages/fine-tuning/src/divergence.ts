import * as tf from '@tensorflow/tfjs-core';

/**
 * Σ KL(p ‖ q) + Σ KL(q ‖ p) over rows and classes, with p and q the softmax of the logits [rows, classes]:
 * written as Σ (p − q)(log p − log q), which is the same sum. Gradients flow into both.
 */
export function symmetricDivergence(pLogits: tf.Tensor2D, qLogits: tf.Tensor2D): tf.Scalar {
  const logP = tf.logSoftmax(pLogits);
  const logQ = tf.logSoftmax(qLogits);
  return tf.sum(tf.mul(tf.sub(tf.exp(logP), tf.exp(logQ)), tf.sub(logP, logQ)));
}
