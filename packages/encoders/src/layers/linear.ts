import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from '../weights.js';

/** x·Wᵀ + b, with x [n, in] and `weight` [out, in] as PyTorch stores it → [n, out]. */
export function linear(x: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  return tf.add(tf.matMul(x, weights.get('weight'), false, true), weights.get('bias'));
}
