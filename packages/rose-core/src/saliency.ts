import { type StepContext, type StepObservation, hostNorm2, norm2 } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs-core';
import { dropoutDivergence } from './divergence.js';
import { isMaskable } from './maskable.js';

/** What one mask value stands for: a whole weight tensor (the released code's way), or an element of one. */
export type Granularity = 'tensor' | 'element';

export interface FirstOrderSaliencyOptions {
  readonly granularity?: Granularity;
  /** ∂W̃/∂W where the model computes with other weights W̃ than those that are trained (Mixout). */
  readonly slope?: (parameter: string) => tf.Tensor | undefined;
}

/**
 * First-order saliency, recorded in the step's graph: s_i = ‖k_i‖₂ with k_i = ∂L_KL/∂W_i, over the whole tensor W_i;
 * for elements k_i itself, whose sign `elementSaliency` takes away.
 * Not clipped, and in float32 (the released code's fp16 lets small ones vanish).
 */
export function firstOrderSaliency(
  context: StepContext,
  { granularity = 'tensor', slope }: FirstOrderSaliencyOptions = {},
): ReadonlyMap<string, tf.Tensor> {
  const names = [...context.parameters.keys()].filter(isMaskable);
  const { gradients } = context.gradientsOf(() => {
    const [a, b] = context.dropoutPasses(2) as [tf.Tensor2D, tf.Tensor2D];
    return dropoutDivergence(a, b);
  }, names);
  const saliencies = new Map<string, tf.Tensor>();
  for (const [name, found] of gradients) {
    const factor = slope?.(name);
    const k = factor ? tf.mul(found, factor) : found;
    saliencies.set(name, granularity === 'element' ? k : norm2(k));
  }
  return saliencies;
}

/** |k| of each element. */
export function elementSaliency(measured: StepObservation['measured']): ReadonlyMap<string, Float32Array> {
  const saliencies = new Map<string, Float32Array>();
  for (const [name, k] of measured) {
    const s = new Float32Array(k.length);
    for (let i = 0; i < s.length; i++) s[i] = Math.abs(k[i] as number);
    saliencies.set(name, s);
  }
  return saliencies;
}

/**
 * By what the ratio ‖g‖/‖m‖ is multiplied before it is compared with 1:
 * - `released`: 0.1, hard-coded in the released code whatever β₁ is.
 * - `one-minus-beta1`: 1 − β₁, the share of m that this step brings; the same where β₁ = 0.9.
 * - `bias-corrected`: 1 − β₁^(t−1), so that g is compared with m̂ = m / (1 − β₁^(t−1)), an average of earlier gradients.
 *   It agrees with the others at the second step alone; later the two orders differ (docs/rose.md, discrepancy 23).
 */
export type Ratio = (typeof ratios)[number];

export const ratios = ['released', 'one-minus-beta1', 'bias-corrected'] as const;

/** The factor of a step, t counted from 1. */
export function ratioFactor(ratio: Ratio, { beta1, step }: { beta1: number; step: number }): number {
  if (ratio === 'released') return 0.1;
  return ratio === 'one-minus-beta1' ? 1 - beta1 : 1 - beta1 ** (step - 1);
}

/** Second-order score of one tensor: s = | c · ‖g‖₂ / ‖m‖₂ − 1 |, with g after clipping and m before this step. */
export const secondOrderScore = (gradientNorm: number, momentumNorm: number, factor = 0.1): number =>
  Math.abs((factor * gradientNorm) / momentumNorm - 1);

/** The second-order scores of all maskable tensors that have a gradient. */
export function secondOrderSaliency(
  { gradientNorms, momentum }: StepObservation,
  factor?: number,
): ReadonlyMap<string, number> {
  const maskable = [...gradientNorms].filter(([name]) => isMaskable(name));
  return new Map(maskable.map(([name, norm]) => [name, secondOrderScore(norm, hostNorm2(momentum(name)), factor)]));
}

/** The same for each element: s = | c · |g| / |m| − 1 |. One that has neither g nor m counts as infinite. */
export function secondOrderElementSaliency(
  { gradientNorms, gradient, gradientScale, momentum }: StepObservation,
  factor: number,
): ReadonlyMap<string, Float32Array> {
  const names = [...gradientNorms.keys()].filter(isMaskable);
  const saliencies = names.map((name) => {
    const g = gradient(name);
    const m = momentum(name);
    const s = new Float32Array(g.length);
    for (let i = 0; i < s.length; i++) {
      const score = secondOrderScore(Math.abs(g[i] as number) * gradientScale, Math.abs(m[i] as number), factor);
      s[i] = Number.isNaN(score) ? Infinity : score;
    }
    return [name, s] as const;
  });
  return new Map(saliencies);
}
