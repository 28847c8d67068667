import { type UpdateRule, adamW, adamWCoefficients, runKernel } from '@rose/fine-tuning';

/**
 * AdamW on g·M·`scale`: unlike ROSE's rule it takes a masked gradient for zero, so moments fade where M is 0, and the
 * weight still moves by what is left of them and decays (released code, `ChildTuningAdamW`).
 */
export const childTuningAdamW = (scale = 1): UpdateRule => ({
  name: 'child-tuning-adamw',
  update(parameter, gradient, { settings, mask }) {
    const scaled = { ...settings, gradientScale: settings.gradientScale * scale };
    if (mask === 1) adamW.update(parameter, gradient, { settings: scaled, mask });
    else runKernel('gatedAdamW', { gradient, mask, ...parameter }, adamWCoefficients(scaled));
  },
});
