import { type UpdateRule, adamW } from '@rose/fine-tuning';

/**
 * ROSE's masked AdamW (released code, `SparseAdamW`), for a mask value μ:
 *
 *     g' = μ·g + (1−μ)·m        a masked gradient is replaced by the momentum, not by zero
 *     m  = β₁·m + (1−β₁)·g'     so μ = 0 leaves m exactly as it is
 *     v  = β₂·v + (1−β₂)·g'²    and draws v towards m²
 *     p −= lr·√(1−β₂ᵗ)/(1−β₁ᵗ) · μ·m / (√v + ε)
 *     p −= lr·wd·μ·p            decoupled decay, on the weight already moved
 */
export const maskedAdamW: UpdateRule = {
  name: 'masked-adamw',
  update({ weights, momentum, variance }, gradient, { settings, mask }) {
    const { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale } = settings;
    const stepSize = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    const decay = learningRate * weightDecay;
    if (mask === 0) {
      for (let i = 0; i < variance.length; i++) {
        const m = momentum[i] as number;
        variance[i] = beta2 * (variance[i] as number) + (1 - beta2) * m * m;
      }
      return;
    }
    // Parameters that ROSE does not mask, the embeddings among them, have μ = 1: the rule is then AdamW's.
    if (mask === 1) return adamW.update({ weights, momentum, variance }, gradient, { settings, mask });
    for (let i = 0; i < weights.length; i++) {
      const mu = typeof mask === 'number' ? mask : (mask[i] as number);
      const before = momentum[i] as number;
      const g = mu * (gradient[i] as number) * gradientScale + (1 - mu) * before;
      // b·m + (1−b)·m is m but for rounding, which must not creep into a frozen element.
      const m = (momentum[i] = mu === 0 ? before : beta1 * before + (1 - beta1) * g);
      const v = (variance[i] = beta2 * (variance[i] as number) + (1 - beta2) * g * g);
      const moved = (weights[i] as number) - (stepSize * mu * m) / (Math.sqrt(v) + epsilon);
      weights[i] = moved - decay * mu * moved;
    }
  },
};
