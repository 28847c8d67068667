import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from './weights.js';
import type { KernelLookUp } from './optional-kernel.js';
import { withGradient } from './with-gradient.js';

/**
 * Layer normalisation over the last axis (Ba et al. 2016), variance without Bessel's correction as in PyTorch.
 * With x̂ = (x − mean)·σ⁻¹ and g = dy∘γ its gradient is dx = σ⁻¹·(g − mean(g) − x̂·mean(g∘x̂)), dγ = Σ dy∘x̂, dβ = Σ dy.
 * The gradient is written out, because the one that TensorFlow.js derives reads and writes x twice as often.
 * Some models have no β (ModernBERT).
 */
export function layerNorm(x: tf.Tensor2D, weights: Weights, epsilon: number): tf.Tensor2D {
  const [gamma, beta] = [weights.get('weight'), weights.find('bias')] as unknown as [
    tf.Tensor1D,
    tf.Tensor1D | undefined,
  ];
  return withGradient({
    layer: 'layer-norm',
    inputs: [x, gamma, ...(beta ? [beta] : [])],
    forward: (kernel: KernelLookUp) => {
      const { y, mean, inverseDeviation } = normalise({ x, gamma, ...(beta && { beta }) }, epsilon, kernel);
      return { value: y, saved: [x, gamma, mean, inverseDeviation] };
    },
    backward: (dy, ...saved) => {
      const { dx, dGamma } = gradients(dy, ...saved);
      return [dx, dGamma, ...(beta ? [tf.sum(dy, 0)] : [])];
    },
  });
}

type Saved = readonly [x: tf.Tensor2D, gamma: tf.Tensor1D, mean: tf.Tensor2D, inverseDeviation: tf.Tensor2D];

interface Inputs {
  readonly x: tf.Tensor2D;
  readonly gamma: tf.Tensor1D;
  readonly beta?: tf.Tensor1D;
}

interface Normalised {
  readonly y: tf.Tensor2D;
  /** [n, 1] each */
  readonly mean: tf.Tensor2D;
  readonly inverseDeviation: tf.Tensor2D;
}

function normalise(inputs: Inputs, epsilon: number, kernel: KernelLookUp): Normalised {
  const { x, gamma, beta } = inputs;
  const fused = kernel('LayerNormalization', { ...inputs }, { epsilon });
  if (fused) {
    const [y, mean, inverseDeviation] = fused as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    return { y, mean, inverseDeviation };
  }
  const mean: tf.Tensor2D = tf.mean(x, -1, true);
  const centred = tf.sub(x, mean);
  const variance: tf.Tensor2D = tf.mean(tf.square(centred), -1, true);
  const shifted: tf.Tensor2D = tf.add(variance, epsilon);
  const inverseDeviation = tf.rsqrt(shifted);
  const scaled: tf.Tensor2D = tf.mul(tf.mul(centred, inverseDeviation), gamma);
  return { y: beta ? tf.add(scaled, beta) : scaled, mean, inverseDeviation };
}

function gradients(dy: tf.Tensor2D, ...[x, gamma, mean, inverseDeviation]: Saved) {
  const width = x.shape[1];
  const normed = tf.mul(tf.sub(x, mean), inverseDeviation);
  const dyNormed: tf.Tensor2D = tf.mul(dy, normed);
  // The row means of dy∘γ and dy∘γ∘x̂ are products with γ, so neither array has to be written to memory.
  const weights: tf.Tensor2D = tf.reshape(tf.div(gamma, width), [width, 1]);
  const projected = tf.sub(
    tf.sub(tf.mul(dy, gamma), tf.matMul(dy, weights)),
    tf.mul(normed, tf.matMul(dyNormed, weights)),
  );
  return { dx: tf.mul(projected, inverseDeviation), dGamma: tf.sum(dyNormed, 0) };
}
