import type { UpdateRule } from './update-rule.js';

/**
 * AdamW as in the released code of ROSE (and old Hugging Face): ε is added to √v before the bias correction,
 * and the decoupled weight decay comes after the Adam move, on the weight already moved.
 * Knows no mask: every gradient reaches its weight.
 */
export const adamW: UpdateRule = {
  name: 'adamw',
  update({ weights, momentum, variance }, gradient, { settings }) {
    const { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale } = settings;
    const stepSize = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    const decay = learningRate * weightDecay;
    for (let i = 0; i < weights.length; i++) {
      const g = (gradient[i] as number) * gradientScale;
      if (g === 0 && momentum[i] === 0 && variance[i] === 0) {
        // A word that no batch has held yet, as most of an embedding table: the Adam move is exactly 0.
        weights[i] = (weights[i] as number) - decay * (weights[i] as number);
        continue;
      }
      const m = (momentum[i] = beta1 * (momentum[i] as number) + (1 - beta1) * g);
      const v = (variance[i] = beta2 * (variance[i] as number) + (1 - beta2) * g * g);
      const moved = (weights[i] as number) - (stepSize * m) / (Math.sqrt(v) + epsilon);
      weights[i] = moved - decay * moved;
    }
  },
};
