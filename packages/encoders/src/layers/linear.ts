import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from './weights.js';

/** y = x·Wᵀ + b, with x [n, in] and `weight` [out, in] as PyTorch stores it → [n, out]. */
export function linear(x: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  const [weight, bias] = [weights.get('weight'), weights.get('bias')] as unknown as [tf.Tensor2D, tf.Tensor1D];
  return tf.add(tf.matMul(x, weight, false, true), bias);
}
