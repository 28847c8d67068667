import { type StepContext, type StepObservation, norm2 } from '@rose/fine-tuning';
import type * as tf from '@tensorflow/tfjs-core';
import { dropoutDivergence } from './divergence.js';
import { isMaskable } from './maskable.js';

/**
 * First-order saliency: s_i = ‖k_i‖₂, the norm of ∂L_KL/∂W_i over the whole tensor W_i, recorded in the step's graph.
 * Not clipped, and in float32 (the released code's fp16 lets small ones vanish).
 */
export function firstOrderSaliency(context: StepContext): ReadonlyMap<string, tf.Scalar> {
  const names = [...context.parameters.keys()].filter(isMaskable);
  const { gradients } = context.gradientsOf(() => {
    const [a, b] = context.dropoutPasses(2) as [tf.Tensor2D, tf.Tensor2D];
    return dropoutDivergence(a, b);
  }, names);
  return new Map([...gradients].map(([name, k]) => [name, norm2(k)]));
}

/**
 * Second-order score of one tensor: s = | 0.1 · ‖g‖₂ / ‖m‖₂ − 1 |, with g after clipping and m before this step.
 * 0.1 is 1 − β₁, hard-coded in the released code whatever β₁ is.
 */
export const secondOrderScore = (gradientNorm: number, momentumNorm: number): number =>
  Math.abs((0.1 * gradientNorm) / momentumNorm - 1);

/** The second-order scores of all maskable tensors that have a gradient. */
export function secondOrderSaliency({ gradientNorms, momentumNorm }: StepObservation): ReadonlyMap<string, number> {
  const maskable = [...gradientNorms].filter(([name]) => isMaskable(name));
  return new Map(maskable.map(([name, norm]) => [name, secondOrderScore(norm, momentumNorm(name))]));
}
