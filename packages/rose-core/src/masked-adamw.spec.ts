import { adamW } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { maskedAdamW } from './masked-adamw.js';
import { type ExactState, referenceMaskedAdamW } from './testing/reference-masked-adamw.js';

/** p 1, g .5, m .2, v .04 before the fourth step: docs/rose.md, oracle vectors. */
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

  it('freezes what μ = 0 holds back even from a gradient that is not a number', () => {
    for (const mask of [0, new Float32Array([0, 0])]) {
      const parameter = {
        weights: new Float32Array([0.3, -0]),
        momentum: new Float32Array([0.1, 1e-42]),
        variance: new Float32Array([1, 1]),
      };
      const { weights, momentum } = structuredClone(parameter);
      maskedAdamW.update(parameter, new Float32Array([Number.NaN, Infinity]), { settings, mask });
      expect(parameter.weights).toEqual(weights);
      expect(parameter.momentum).toEqual(momentum);
      expect([...parameter.variance]).toEqual([0.98 + 0.02 * 0.01, 0.98].map(Math.fround));
    }
  });

  it('follows the float64 rule over fifty steps, for 96 tensors with masks of every kind and zero gradients', () => {
    const worst = { weights: 0, momentum: 0, variance: 0 };
    for (let tensor = 0; tensor < 96; tensor++) {
      const stream = RandomStream.of('float64 rule', tensor);
      const length = 1 + stream.below(500);
      const draw = (next: () => number) => Float32Array.from({ length }, next);
      const start = draw(() => 0.05 * stream.normal());
      const state = { weights: start.slice(), momentum: new Float32Array(length), variance: new Float32Array(length) };
      const exact: ExactState = {
        weights: Float64Array.from(start),
        momentum: new Float64Array(length),
        variance: new Float64Array(length),
      };
      const mu = () => [0, 0.25, 0.5, 1][stream.below(4)] as number;
      for (let step = 1; step <= 50; step++) {
        const share = [0, 0.5, 1][stream.below(3)] as number;
        const gradient = draw(() => (stream.uniform() < share ? 1e-3 * stream.normal() : 0));
        const mask = stream.uniform() < 0.5 ? mu() : draw(mu);
        const now = { settings: { ...settings, learningRate: 1e-3, gradientScale: 0.7, step }, mask };
        maskedAdamW.update(state, gradient, now);
        referenceMaskedAdamW(exact, gradient, now);
      }
      for (const kind of ['weights', 'momentum', 'variance'] as const) {
        // An element that has cancelled to nearly nothing has the error of what it was made of.
        const scale = Math.sqrt(exact[kind].reduce((sum, x) => sum + x * x, 0) / length);
        exact[kind].forEach((x, i) => {
          const error = Math.abs((state[kind][i] as number) - x) / (Math.abs(x) + scale);
          worst[kind] = Math.max(worst[kind], error);
        });
      }
    }
    expect(Math.max(...Object.values(worst))).toBeLessThan(1e-5);
  });
});
