import type { StepObservation, TrainingPreview } from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { isMaskable } from './maskable.js';
import { roseEnsemble, roseFirst, roseSecond } from './selections.js';

const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `encoder.layer.0.${name}.weight`);
const byName = (values: readonly number[]) => new Map(names.map((name, i) => [name, values[i] as number]));
const arrays = (values: readonly number[]) =>
  new Map([...byName(values)].map(([name, value]) => [name, Float32Array.of(value)]));
const observe = (o: {
  step?: number;
  measured?: number[];
  gradients?: number[];
  momenta?: number[];
}): StepObservation => ({
  step: o.step ?? 2,
  measured: arrays(o.measured ?? []),
  gradientNorms: new Map([...byName(o.gradients ?? []), ['classifier.weight', 9], ['encoder.layer.0.a.bias', 9]]),
  // Twice what is left of it after clipping.
  gradient: (name) => (arrays(o.gradients ?? []).get(name) ?? new Float32Array(1)).map((g) => -2 * g),
  gradientScale: 0.5,
  momentum: (name) => arrays(o.momenta ?? []).get(name) ?? new Float32Array(1),
});

describe('ROSE selections', () => {
  const first = { measured: [0.5, 0.1, 0.4, 0.2, 0.3] };
  // |0.1 g/m − 1| = 0, .5, 1, .25, .75
  const second = { gradients: [2, 0.5, 1, 0.75, 0.25], momenta: [0.2, 0.1, 0.05, 0.1, 0.1] };

  it('First keeps the smallest divergence gradients', () => {
    expect([...roseFirst({ upper: 50 }).select(observe(first)).values()]).toEqual([0, 1, 0, 1, 1]);
  });

  it('Second keeps the smallest |0.1 g/m − 1| among the maskable tensors alone', () => {
    const masks = roseSecond({ upper: 50 }).select(observe(second));
    expect([...masks.keys()]).toEqual(names);
    expect([...masks.values()]).toEqual([1, 1, 0, 1, 0]);
  });

  it('Second keeps everything at the very first step, when there is no momentum', () => {
    const masks = roseSecond({ upper: 50 }).select(observe({ ...second, step: 1, momenta: [0, 0, 0, 0, 0] }));
    expect([...masks.values()]).toEqual([1, 1, 1, 1, 1]);
  });

  it('Ensemble blends them softly, γ weighing the first', () => {
    const masks = roseEnsemble({ upper: 50, gamma: 0.75 }).select(observe({ ...first, ...second }));
    expect([...masks.values()]).toEqual([0.25, 1, 0, 1, 0.75]);
  });

  it('does to an element what it does to a tensor of one element', () => {
    const options = { upper: 50, gamma: 0.75, granularity: 'element' } as const;
    for (const make of [roseFirst, roseSecond, roseEnsemble]) {
      const observation = observe({ ...first, ...second });
      const whole = make({ ...options, granularity: 'tensor' }).select(observation);
      const elements = make(options).select(observation);
      expect([...elements].map(([name, mask]) => [name, [...(mask as Float32Array)]])).toEqual(
        [...whole].map(([name, mask]) => [name, [mask]]),
      );
    }
    const [opening] = roseEnsemble(options)
      .select(observe({ ...first, ...second, step: 1 }))
      .values();
    expect(opening).toEqual(Float32Array.of(0.25));
  });

  it('has a lower bound, and other ratios than the released one', () => {
    expect([...roseFirst({ lower: 25, upper: 75 }).select(observe(first)).values()]).toEqual([0, 0, 1, 1, 1]);
    const masks = (step: number, options: object) => [
      ...roseSecond({ upper: 50, ...options })
        .select(observe({ ...second, step }))
        .values(),
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
    for (const selection of [roseFirst({ upper: 50 }), roseSecond({ upper: 50 }), roseEnsemble({ upper: 50 })]) {
      expect(() => selection.prepare?.(preview('bert.embeddings.LayerNorm.weight'))).toThrow(InputError);
      expect(() => selection.prepare?.(preview('encoder.layer.0.a.weight'))).not.toThrow();
    }
  });

  it('refuses γ outside [0, 1] and bands that are crossed', () => {
    expect(() => roseEnsemble({ upper: 50, gamma: 1.5 })).toThrow(InputError);
    expect(() => roseEnsemble({ upper: 50, gamma: Number.NaN })).toThrow(/γ/);
    expect(() => roseFirst({ lower: 60, upper: 40 })).toThrow(/band/);
    expect(() => roseSecond({ upper: 101 })).toThrow(/band/);
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
