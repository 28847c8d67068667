import { type UpdateRule, adamW } from '@rose/fine-tuning';

/**
 * AdamW on g·M·`scale`: unlike ROSE's rule it takes a masked gradient for zero, so moments fade where M is 0, and the
 * weight still moves by what is left of them and decays (released code, `ChildTuningAdamW`).
 */
export const childTuningAdamW = (scale = 1): UpdateRule => ({
  name: 'child-tuning-adamw',
  update(parameter, gradient, { settings, mask }) {
    const gradientScale = settings.gradientScale * scale;
    adamW.update(parameter, masked(gradient, mask), { settings: { ...settings, gradientScale }, mask: 1 });
  },
});

/** g·M, in an array of its own. */
function masked(gradient: Float32Array, mask: number | Float32Array): Float32Array {
  if (mask === 1) return gradient;
  const product = new Float32Array(gradient.length);
  for (let i = 0; i < product.length; i++) {
    product[i] = (gradient[i] as number) * (typeof mask === 'number' ? mask : (mask[i] as number));
  }
  return product;
}
