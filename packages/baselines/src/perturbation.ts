import { type StepContext, crossEntropy } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs-core';

/** Of an example's perturbation, over all its tokens and dimensions. */
export type PerturbationNorm = 'l2' | 'linf';

/** ‖x‖ of each example: [rows, length, width] → [rows, 1, 1]. */
export function normOfRows(x: tf.Tensor3D, norm: PerturbationNorm): tf.Tensor3D {
  if (norm === 'linf') return tf.max(tf.abs(x), [1, 2], true);
  const squares: tf.Tensor3D = tf.sum(tf.square(x), [1, 2], true);
  return tf.sqrt(squares);
}

/**
 * δ₀, with no part on padding: for L2 uniform on ±magnitude/√(tokens · width), so that its norm is about the
 * magnitude/√3 whatever the example's length; for L∞ uniform on ±magnitude.
 */
export function initialPerturbation(
  context: StepContext,
  { norm, magnitude, name }: { readonly norm: PerturbationNorm; readonly magnitude: number; readonly name: string },
): tf.Tensor3D {
  const shape = context.embeddingShape();
  if (magnitude === 0) return tf.zeros(shape);
  const mask: tf.Tensor3D = tf.expandDims(context.tokenMask(), 2);
  const noise: tf.Tensor3D = tf.mul(context.noise('uniform', name), mask);
  const scale = norm === 'l2' ? tf.sqrt(tf.mul(tf.sum(mask, [1, 2], true), shape[2])) : 1;
  return tf.mul(noise, tf.div(magnitude, scale));
}

export interface Ascent {
  readonly norm: PerturbationNorm;
  /** α, the length of a step. */
  readonly stepSize: number;
  /** The ball that δ stays in; 0 for none. */
  readonly maxNorm: number;
  /** What ‖g‖ is never taken to be below. */
  readonly floor: number;
}

/** One ascent of each example: δ ← Π(δ + α · g/‖g‖), with Π the projection on the ball of radius `maxNorm`. */
export function ascend(delta: tf.Tensor3D, g: tf.Tensor3D, { norm, stepSize, maxNorm, floor }: Ascent): tf.Tensor3D {
  const direction = tf.div(g, tf.maximum(normOfRows(g, norm), floor));
  const moved: tf.Tensor3D = tf.add(delta, tf.mul(direction, stepSize));
  if (maxNorm === 0) return moved;
  if (norm === 'linf') return tf.clipByValue(moved, -maxNorm, maxNorm);
  return tf.mul(moved, tf.div(maxNorm, tf.maximum(normOfRows(moved, norm), maxNorm)));
}

/** CE(f(e + δ), y) with the dropout masks of a draw. */
export function perturbedLoss(context: StepContext, delta: tf.Tensor3D, draw: number): tf.Scalar {
  return crossEntropy(context.dropoutPass({ draw, perturb: (e) => tf.add(e, delta) }), context.targets);
}
