import { type Mask, type UpdateRule, adamW } from '@rose/fine-tuning';

/** Elements at a time: g·M stays in the cache until AdamW has read it, and no array of the parameter's size is made. */
const blockLength = 16_384;

/**
 * AdamW on g·M·`scale`: unlike ROSE's rule it takes a masked gradient for zero, so moments fade where M is 0, and the
 * weight still moves by what is left of them and decays (released code, `ChildTuningAdamW`).
 */
export function childTuningAdamW(scale = 1): UpdateRule {
  const product = new Float32Array(blockLength);
  return {
    name: 'child-tuning-adamw',
    update(parameter, gradient, { settings, mask }) {
      const step = { settings: { ...settings, gradientScale: settings.gradientScale * scale }, mask: 1 };
      if (mask === 1) return adamW.update(parameter, gradient, step);
      for (let start = 0; start < gradient.length; start += blockLength) {
        const block = (array: Float32Array) => array.subarray(start, start + blockLength);
        const { weights, momentum, variance } = parameter;
        const state = { weights: block(weights), momentum: block(momentum), variance: block(variance) };
        const m = typeof mask === 'number' ? mask : block(mask);
        adamW.update(state, multiply(block(gradient), m, product), step);
      }
    },
  };
}

/** g·M, in as much of `product` as it takes. */
function multiply(g: Float32Array, m: Mask, product: Float32Array): Float32Array {
  for (let i = 0; i < g.length; i++) {
    product[i] = (g[i] as number) * (typeof m === 'number' ? m : (m[i] as number));
  }
  return product.subarray(0, g.length);
}
