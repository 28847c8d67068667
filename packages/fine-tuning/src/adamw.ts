import type { Coefficients } from './kernels/kernel-memory.js';
import { runKernel } from './kernels/run-kernel.js';
import type { UpdateRule, UpdateSettings } from './update-rule.js';

/**
 * AdamW as in the released code of ROSE (and old Hugging Face): ε is added to √v before the bias correction,
 * and the decoupled weight decay comes after the Adam move, on the weight already moved.
 * Knows no μ: every update happens. A gated gradient counts as zero where M is 0. In float32, four elements at a time (assembly/optimizer.ts).
 */
export const adamW: UpdateRule = {
  name: 'adamw',
  update(parameter, gradient, { settings, gate = 1 }) {
    const coefficients = adamWCoefficients(settings);
    if (gate === 1) runKernel('adamW', { gradient, ...parameter }, coefficients);
    else runKernel('gatedAdamW', { gradient, mask: gate, ...parameter }, coefficients);
  },
};

/** The numbers of AdamW's kernels for one step: computed in float64, rounded once. */
export function adamWCoefficients(settings: UpdateSettings): Coefficients {
  const { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale } = settings;
  return {
    gradientScale,
    beta2,
    rest1: 1 - beta1,
    rest2: 1 - beta2,
    stepSize: (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step),
    epsilon,
    decay: learningRate * weightDecay,
  };
}
