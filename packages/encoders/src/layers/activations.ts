import * as tf from '@tensorflow/tfjs-core';
import { gelu } from './gelu.js';

type Activation = (x: tf.Tensor2D) => tf.Tensor2D;

/** ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), which GPT-2 has in place of GELU. */
const geluTanh: Activation = (x) => {
  const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.square(x)))));
  return tf.mul(tf.mul(0.5, x), tf.add(1, tf.tanh(inner)));
};

const silu: Activation = (x) => tf.mul(x, tf.sigmoid(x));

/** The feed-forward activations, by the names that config.json uses in `hidden_act` (transformers, `activations.py`). */
export const activations = {
  gelu,
  gelu_python: gelu,
  gelu_new: geluTanh,
  gelu_fast: geluTanh,
  gelu_pytorch_tanh: geluTanh,
  quick_gelu: (x) => tf.mul(x, tf.sigmoid(tf.mul(1.702, x))),
  relu: (x) => tf.relu(x),
  silu,
  swish: silu,
  tanh: (x) => tf.tanh(x),
} as const satisfies Record<string, Activation>;

export type ActivationName = keyof typeof activations;

export const isActivation = (name: string): name is ActivationName => Object.hasOwn(activations, name);
