import * as tf from '@tensorflow/tfjs-core';
import type { KernelLookUp } from './optional-kernel.js';
import { withGradient } from './with-gradient.js';

/** ½·ln π: what divides by √π inside an exponent. */
const HALF_LOG_PI = Math.log(Math.PI) / 2;

/** x·Φ(x) with the exact normal distribution function, not the tanh approximation (Hendrycks & Gimpel 2016). */
export function gelu(x: tf.Tensor2D): tf.Tensor2D {
  // The gradient needs Φ(x) too, and an engine that shares equal expressions computes it once.
  const training = tf.engine().isTapeOn();
  return withGradient({
    layer: 'gelu',
    inputs: [x],
    forward: (kernel: KernelLookUp) => ({
      value: (training ? undefined : fused(x, kernel)) ?? tf.mul(x, normalCdf(scaled(x))),
      saved: [x],
    }),
    backward: (dy, saved) => [backward(dy, saved)],
  });
}

const fused = (x: tf.Tensor2D, kernel: KernelLookUp) => kernel('Gelu', { x })?.[0] as tf.Tensor2D | undefined;

/** u = x/√2 */
const scaled = <T extends tf.Tensor>(x: T): T => tf.mul(x, Math.SQRT1_2);

/** dy·(Φ(x) + x·φ(x)); the second term is u·e^(−u²)/√π. */
function backward(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const u = scaled(x);
  const bell = tf.mul(u, tf.exp(tf.sub(-HALF_LOG_PI, tf.square(u))));
  return tf.mul(dy, tf.add(normalCdf(u), bell));
}

/** Φ(√2·u) */
function normalCdf<T extends tf.Tensor>(u: T): T {
  return tf.add(tf.mul(tf.erf(u), 0.5), 0.5);
}
