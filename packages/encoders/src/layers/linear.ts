import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from '../weights.js';
import { optionalKernel } from './optional-kernel.js';
import { withGradient } from './with-gradient.js';

/** y = x·Wᵀ + b, with x [n, in] and `weight` [out, in] as PyTorch stores it → [n, out]. dx = dy·W, dW = dyᵀ·x, db = Σ dy. */
export function linear(x: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  const [weight, bias] = [weights.get('weight'), weights.get('bias')] as unknown as [tf.Tensor2D, tf.Tensor1D];
  return withGradient(
    [x, weight, bias],
    () => ({ value: forward(x, weight, bias), saved: [x, weight] }),
    (dy, input, matrix) => [tf.matMul(dy, matrix), tf.matMul(dy, input, true, false), tf.sum(dy, 0)],
  );
}

function forward(x: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const fused = optionalKernel('Linear', { x, weight, bias })?.[0] as tf.Tensor2D | undefined;
  return fused ?? tf.add(tf.matMul(x, weight, false, true), bias);
}
