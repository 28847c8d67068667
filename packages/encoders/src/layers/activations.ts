import * as tf from '@tensorflow/tfjs-core';

/** x·Φ(x) with the exact normal distribution function, not the tanh approximation (Hendrycks & Gimpel 2016). */
export function gelu(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

/** The feed-forward activations, by the names that config.json uses in `hidden_act`. */
export const activations = { gelu, relu: (x: tf.Tensor2D): tf.Tensor2D => tf.relu(x) } as const;

export type ActivationName = keyof typeof activations;
