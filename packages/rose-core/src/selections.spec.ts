import type { StepObservation } from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { isMaskable } from './maskable.js';
import { roseEnsemble, roseFirst, roseSecond } from './selections.js';

const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `encoder.layer.0.${name}.weight`);
const byName = (values: readonly number[]) => new Map(names.map((name, i) => [name, values[i] as number]));
const observe = (o: {
  step?: number;
  measured?: number[];
  gradients?: number[];
  momenta?: number[];
}): StepObservation => ({
  step: o.step ?? 2,
  measured: byName(o.measured ?? []),
  gradientNorms: new Map([...byName(o.gradients ?? []), ['classifier.weight', 9], ['encoder.layer.0.a.bias', 9]]),
  momentumNorm: (name) => byName(o.momenta ?? []).get(name) ?? Number.NaN,
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
