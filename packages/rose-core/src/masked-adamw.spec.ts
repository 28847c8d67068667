import { adamW } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { maskedAdamW } from './masked-adamw.js';

/** p 1, g .5, m .2, v .04 before the fourth step: the oracle of shared/reference/rose.md 1.6. */
const before = () => ({
  weights: new Float32Array([1]),
  momentum: new Float32Array([0.2]),
  variance: new Float32Array([0.04]),
});
const settings = {
  learningRate: 0.1,
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-6,
  weightDecay: 0.01,
  step: 4,
  gradientScale: 1,
};

describe('masked AdamW', () => {
  it.each([
    [1, 0.9104542159, 0.23, 0.0442],
    [0, 1, 0.2, 0.04],
    [0.5, 0.9568450541, 0.215, 0.04165],
  ])('moves p, m and v as the oracle says for μ = %d', (mask, p, m, v) => {
    const parameter = before();
    maskedAdamW.update(parameter, new Float32Array([0.5]), { settings, mask });
    expect(parameter.weights[0]).toBeCloseTo(p, 6);
    expect(parameter.momentum[0]).toBeCloseTo(m, 6);
    expect(parameter.variance[0]).toBeCloseTo(v, 7);
  });

  it('freezes weight and momentum bit for bit where μ is 0, and draws v towards m²', () => {
    const parameter = {
      weights: new Float32Array([0.3]),
      momentum: new Float32Array([0.1]),
      variance: new Float32Array([1]),
    };
    for (let step = 1; step <= 400; step++) {
      maskedAdamW.update(parameter, new Float32Array([7]), { settings: { ...settings, step }, mask: 0 });
    }
    expect(parameter.weights[0]).toBe(Math.fround(0.3));
    expect(parameter.momentum[0]).toBe(Math.fround(0.1));
    expect(parameter.variance[0]).toBeCloseTo(0.01, 3);
  });

  it('treats an element mask as it treats a whole tensor with that μ', () => {
    const stream = RandomStream.of('element mask');
    const draw = () => Float32Array.from({ length: 6 }, () => stream.normal());
    const start = { weights: draw(), momentum: draw(), variance: draw().map((x) => x * x) };
    const gradient = draw();
    const copy = () => ({
      weights: start.weights.slice(),
      momentum: start.momentum.slice(),
      variance: start.variance.slice(),
    });
    const elements = copy();
    maskedAdamW.update(elements, gradient, { settings, mask: new Float32Array([0, 1, 0.5, 0, 1, 0.5]) });
    for (const [mask, indices] of [
      [0, [0, 3]],
      [1, [1, 4]],
      [0.5, [2, 5]],
    ] as const) {
      const whole = copy();
      maskedAdamW.update(whole, gradient, { settings, mask });
      for (const i of indices) {
        expect(elements.weights[i]).toBe(whole.weights[i]);
        expect(elements.momentum[i]).toBe(whole.momentum[i]);
        expect(elements.variance[i]).toBe(whole.variance[i]);
      }
    }
  });

  it('is plain AdamW where μ is 1', () => {
    const [masked, plain] = [before(), before()];
    for (let step = 1; step <= 5; step++) {
      const gradient = new Float32Array([0.5 / step]);
      maskedAdamW.update(masked, gradient, { settings: { ...settings, step }, mask: 1 });
      adamW.update(plain, gradient, { settings: { ...settings, step }, mask: 1 });
    }
    expect(masked).toEqual(plain);
  });
});
