import { type UpdateRule, adamW, adamWCoefficients, gated, runKernel } from '@rose/fine-tuning';

/**
 * ROSE's masked AdamW (released code, `SparseAdamW`), for a mask value μ:
 *
 *     g' = μ·g + (1−μ)·m        a masked gradient is replaced by the momentum, not by zero
 *     m  = β₁·m + (1−β₁)·g'     so μ = 0 leaves m exactly as it is
 *     v  = β₂·v + (1−β₂)·g'²    and draws v towards m²
 *     p −= lr·√(1−β₂ᵗ)/(1−β₁ᵗ) · μ·m / (√v + ε)
 *     p −= lr·wd·μ·p            decoupled decay, on the weight already moved
 *
 * A gated gradient g·M stands in for g throughout.
 *
 * A tensor with μ = 0 costs its second moment alone: neither gradient nor weights are read.
 */
export const maskedAdamW: UpdateRule = {
  name: 'masked-adamw',
  update(parameter, gradient, { settings, mask, gate = 1 }) {
    const { momentum, variance } = parameter;
    const coefficients = adamWCoefficients(settings);
    if (mask === 0) runKernel('relaxVariance', { momentum, variance }, coefficients);
    // Parameters that ROSE does not mask, the embeddings among them, have μ = 1: the rule is then AdamW's.
    else if (mask === 1) adamW.update(parameter, gradient, { settings, mask, gate });
    else runKernel('maskedAdamW', { gradient: gated(gradient, gate), mask, ...parameter }, coefficients);
  },
};
