import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from './weights.js';

/** y = x·Wᵀ + b, with x [n, in] and `weight` [out, in] as PyTorch stores it → [n, out]; without b where there is none. */
export function linear(x: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  return affine(x, ...affineParameters(weights));
}

type Affine = [weight: tf.Tensor2D, bias: tf.Tensor1D | undefined];

export const affineParameters = (weights: Weights): Affine =>
  [weights.get('weight'), weights.find('bias')] as unknown as Affine;

/** The same with the tensors themselves, such as some rows of W. */
export function affine(x: tf.Tensor2D, ...[weight, bias]: Affine): tf.Tensor2D {
  const product: tf.Tensor2D = tf.matMul(x, weight, false, true);
  return bias ? tf.add(product, bias) : product;
}
