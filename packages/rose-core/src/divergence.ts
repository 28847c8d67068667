import * as tf from '@tensorflow/tfjs-core';

/**
 * L_KL = [ Σ KL(p_b ‖ p_a) + Σ KL(p_a ‖ p_b) ] / 4, summed over rows and classes, for two dropout passes a and b.
 * Gradients flow through both arguments; nothing is detached (released code, `modeling_roberta.py`).
 *
 * Written as Σ (p_a − p_b)(log p_a − log p_b) / 4, which is the same sum.
 * @param a logits [rows, classes]
 * @param b logits [rows, classes]
 */
export function dropoutDivergence(a: tf.Tensor2D, b: tf.Tensor2D): tf.Scalar {
  const logA = tf.logSoftmax(a);
  const logB = tf.logSoftmax(b);
  return tf.div(tf.sum(tf.mul(tf.sub(tf.exp(logA), tf.exp(logB)), tf.sub(logA, logB))), 4);
}
