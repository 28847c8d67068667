import * as tf from '@tensorflow/tfjs-core';
import type { KernelLookUp } from './optional-kernel.js';
import { withGradient } from './with-gradient.js';

/** x·Φ(x) with the exact normal distribution function, not the tanh approximation (Hendrycks & Gimpel 2016). */
export function gelu(x: tf.Tensor2D): tf.Tensor2D {
  return withGradient({
    layer: 'gelu',
    inputs: [x],
    forward: (kernel: KernelLookUp) => ({ value: forward(x, kernel), saved: [x] }),
    backward: (dy, saved) => [backward(dy, saved)],
  });
}

function forward(x: tf.Tensor2D, kernel: KernelLookUp): tf.Tensor2D {
  const fused = kernel('Gelu', { x })?.[0] as tf.Tensor2D | undefined;
  return fused ?? tf.mul(x, normalCdf(tf.mul(x, Math.SQRT1_2)));
}

/** dy·(Φ(x) + x·φ(x)); with u = x/√2 the second term is u·e^(−u²)/√π. */
function backward(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const u = tf.mul(x, Math.SQRT1_2);
  const bell = tf.mul(tf.mul(u, tf.exp(tf.neg(tf.square(u)))), 1 / Math.sqrt(Math.PI));
  return tf.mul(dy, tf.add(normalCdf(u), bell));
}

/** Φ(√2·u) */
function normalCdf(u: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(tf.erf(u), 0.5), 0.5);
}
