import * as tf from '@tensorflow/tfjs-core';
import { gelu } from './gelu.js';

/** The feed-forward activations, by the names that config.json uses in `hidden_act`. */
export const activations = { gelu, relu: (x: tf.Tensor2D): tf.Tensor2D => tf.relu(x) } as const;

export type ActivationName = keyof typeof activations;
