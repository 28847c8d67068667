import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from '../weights.js';
import type { KernelLookUp } from './optional-kernel.js';
import { withGradient } from './with-gradient.js';

/** y = x·Wᵀ + b, with x [n, in] and `weight` [out, in] as PyTorch stores it → [n, out]. dx = dy·W, dW = dyᵀ·x, db = Σ dy. */
export function linear(x: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  const [weight, bias] = [weights.get('weight'), weights.get('bias')] as unknown as [tf.Tensor2D, tf.Tensor1D];
  return withGradient({
    layer: 'linear',
    inputs: [x, weight, bias],
    forward: (kernel: KernelLookUp) => ({ value: forward({ x, weight, bias }, kernel), saved: [x, weight] }),
    backward: (dy, input, matrix) => [tf.matMul(dy, matrix), tf.matMul(dy, input, true, false), tf.sum(dy, 0)],
  });
}

interface Inputs {
  readonly x: tf.Tensor2D;
  readonly weight: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

function forward({ x, weight, bias }: Inputs, kernel: KernelLookUp): tf.Tensor2D {
  const fused = kernel('Linear', { x, weight, bias })?.[0] as tf.Tensor2D | undefined;
  return fused ?? tf.add(tf.matMul(x, weight, false, true), bias);
}
