import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from './weights.js';

/** y = x·Wᵀ + b, with x [n, in] and `weight` [out, in] as PyTorch stores it → [n, out]; without b where there is none. */
export function linear(x: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  const [weight, bias] = [weights.get('weight'), weights.find('bias')] as unknown as [
    tf.Tensor2D,
    tf.Tensor1D | undefined,
  ];
  const product: tf.Tensor2D = tf.matMul(x, weight, false, true);
  return bias ? tf.add(product, bias) : product;
}
