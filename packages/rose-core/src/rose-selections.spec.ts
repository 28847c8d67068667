import type { Mask, Selection, StepObservation, TrainingPreview } from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { isMaskable } from './maskable.js';
import { roseEnsemble } from './rose-ensemble.js';
import { roseFirst } from './rose-first.js';
import { roseSecond } from './rose-second.js';
import type { Ratio } from './saliency.js';

const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `encoder.layer.0.${name}.weight`);
const byName = (values: readonly number[]) => new Map(names.map((name, i) => [name, values[i] as number]));
const arrays = (values: readonly number[]) =>
  new Map([...byName(values)].map(([name, value]) => [name, Float32Array.of(value)]));
const observe = (o: {
  step?: number;
  measured?: number[];
  gradients?: number[];
  momenta?: number[];
  beta1?: number;
}): StepObservation => ({
  step: o.step ?? 2,
  warmingUp: false,
  beta1: o.beta1 ?? 0.9,
  measured: arrays(o.measured ?? []),
  gradientNorms: new Map([...byName(o.gradients ?? []), ['classifier.weight', 9], ['encoder.layer.0.a.bias', 9]]),
  // Twice what is left of it after clipping.
  gradient: (name) => (arrays(o.gradients ?? []).get(name) ?? new Float32Array(1)).map((g) => -2 * g),
  gradientScale: 0.5,
  momentum: (name) => arrays(o.momenta ?? []).get(name) ?? new Float32Array(1),
});

const masksOf = (selection: Selection, observation: StepObservation): ReadonlyMap<string, Mask> =>
  selection.select?.(observation) ?? new Map();

describe('ROSE selections', () => {
  const first = { measured: [0.5, 0.1, 0.4, 0.2, 0.3] };
  // |0.1 g/m − 1| = 0, .5, 1, .25, .75
  const second = { gradients: [2, 0.5, 1, 0.75, 0.25], momenta: [0.2, 0.1, 0.05, 0.1, 0.1] };

  it('First keeps the smallest divergence gradients', () => {
    expect([...masksOf(roseFirst.create({ upper: 50 }), observe(first)).values()]).toEqual([0, 1, 0, 1, 1]);
  });

  it('Second keeps the smallest |0.1 g/m − 1| among the maskable tensors alone', () => {
    const masks = masksOf(roseSecond.create({ upper: 50 }), observe(second));
    expect([...masks.keys()]).toEqual(names);
    expect([...masks.values()]).toEqual([1, 1, 0, 1, 0]);
  });

  it('Second keeps everything at the very first step, when there is no momentum', () => {
    const masks = masksOf(roseSecond.create({ upper: 50 }), observe({ ...second, step: 1, momenta: [0, 0, 0, 0, 0] }));
    expect([...masks.values()]).toEqual([1, 1, 1, 1, 1]);
  });

  it('Ensemble blends them softly, γ weighing the first', () => {
    const masks = masksOf(roseEnsemble.create({ upper: 50, gamma: 0.75 }), observe({ ...first, ...second }));
    expect([...masks.values()]).toEqual([0.25, 1, 0, 1, 0.75]);
  });

  it('does to an element what it does to a tensor of one element', () => {
    const [band, elementwise] = [{ upper: 50 }, { granularity: 'element' } as const];
    const pairs = [
      [roseFirst.create(band), roseFirst.create({ ...band, ...elementwise })],
      [roseSecond.create(band), roseSecond.create({ ...band, ...elementwise })],
      [roseEnsemble.create({ ...band, gamma: 0.75 }), roseEnsemble.create({ ...band, gamma: 0.75, ...elementwise })],
    ] as const;
    for (const [byTensor, byElement] of pairs) {
      const observation = observe({ ...first, ...second });
      const whole = masksOf(byTensor, observation);
      const elements = masksOf(byElement, observation);
      expect([...elements].map(([name, mask]) => [name, [...(mask as Float32Array)]])).toEqual(
        [...whole].map(([name, mask]) => [name, [mask]]),
      );
    }
    const [opening] = masksOf(pairs[2][1], observe({ ...first, ...second, step: 1 })).values();
    expect(opening).toEqual(Float32Array.of(0.25));
  });

  it('has a lower bound, and other ratios than the released one', () => {
    expect([...masksOf(roseFirst.create({ lower: 25, upper: 75 }), observe(first)).values()]).toEqual([0, 0, 1, 1, 1]);
    const masks = (step: number, { beta1 = 0.9, ratio }: { beta1?: number; ratio: Ratio }) => [
      ...masksOf(roseSecond.create({ upper: 50, ratio }), observe({ ...second, step, beta1 })).values(),
    ];
    const released = [1, 1, 0, 1, 0];
    expect(masks(2, { ratio: 'bias-corrected' })).toEqual(released);
    expect(masks(9, { ratio: 'one-minus-beta1' })).toEqual(released);
    // β₁ = 0.5: 1 − β₁⁸ ≈ 1, so |g/m − 1| = 9, 4, 19, 6.5, 1.5 times about 1.
    expect(masks(9, { ratio: 'bias-corrected', beta1: 0.5 })).toEqual([0, 1, 0, 1, 1]);
    // 1 − β₁ = 0.5: |0.5 g/m − 1| = 4, 1.5, 9, 2.75, 0.25.
    expect(masks(2, { ratio: 'one-minus-beta1', beta1: 0.5 })).toEqual([0, 1, 0, 1, 1]);
  });

  it('refuses a model in which nothing can be masked', () => {
    const preview = (name: string) => ({ shapes: new Map([[name, [2]]]) }) as unknown as TrainingPreview;
    for (const selection of [roseFirst.create(), roseSecond.create(), roseEnsemble.create()]) {
      expect(() => selection.prepare?.(preview('bert.embeddings.LayerNorm.weight'))).toThrow(InputError);
      expect(() => selection.prepare?.(preview('encoder.layer.0.a.weight'))).not.toThrow();
    }
  });

  it('refuses γ outside [0, 1] and bands that are crossed, and says so of whom', () => {
    expect(() => roseEnsemble.create({ gamma: 1.5 })).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: "The setting 'gamma' of rose-ensemble is 1.5; it must be at most 1.",
        option: 'gamma',
      }),
    );
    expect(() => roseEnsemble.create({ gamma: Number.NaN })).toThrow(/gamma/);
    expect(() => roseFirst.create({ lower: 60, upper: 40 })).toThrow(/'lower' of rose-first is 60; it must be below/);
    expect(() => roseSecond.create({ upper: 101 })).toThrow(/at most 100/);
  });

  it('has no use for what another one of them sets', () => {
    const wrong = { gamma: 0.3 } as object;
    expect(() => roseFirst.create(wrong)).toThrow("There is no setting 'gamma' of rose-first.");
  });
});

describe('what ROSE may mask', () => {
  it.each([
    ['bert.encoder.layer.3.attention.self.query.weight', true],
    ['bert.encoder.layer.3.attention.output.LayerNorm.weight', true],
    ['bert.encoder.layer.3.output.dense.bias', false],
    ['bert.embeddings.LayerNorm.weight', false],
    ['bert.embeddings.word_embeddings.weight', false],
    ['bert.pooler.dense.weight', false],
    ['classifier.weight', false],
  ])('%s: %s', (name, maskable) => {
    expect(isMaskable(name)).toBe(maskable);
  });
});
