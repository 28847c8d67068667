import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { findShape } from './tasks/models.js';
import { choosePoints } from './points.js';

describe('choosePoints', () => {
  it('has the usual points of both models, each of a known shape', () => {
    const points = choosePoints({ quick: false });
    expect(new Set(points.map(({ model }) => model))).toEqual(new Set(['minilm', 'roberta-base']));
    expect(points).toContainEqual({ bench: 'train', model: 'minilm', batch: 32, length: 128 });
    expect(points).toContainEqual({ bench: 'inference', model: 'minilm', batch: 64, length: 32 });
    for (const { model, length } of points) expect(findShape(model).max_position_embeddings).toBeGreaterThan(length);
  });

  it('has few where time is short', () => {
    expect(choosePoints({ quick: true }).length).toBeLessThan(4);
  });

  it('takes the models, benches and sizes asked for', () => {
    const choice = { quick: false, models: ['tiny', 'minilm'], benches: ['inference'], points: ['4x8', '2×16'] };
    expect(choosePoints(choice)).toEqual([
      { bench: 'inference', model: 'tiny', batch: 4, length: 8 },
      { bench: 'inference', model: 'tiny', batch: 2, length: 16 },
      { bench: 'inference', model: 'minilm', batch: 4, length: 8 },
      { bench: 'inference', model: 'minilm', batch: 2, length: 16 },
    ]);
  });

  it('refuses what it does not know', () => {
    expect(() => choosePoints({ quick: false, models: ['minilmm'] })).toThrow(InputError);
    expect(() => choosePoints({ quick: false, benches: ['trian'] })).toThrow("There is no bench 'trian'.");
    for (const point of ['32', '0x8', '8x', '8x8x8', '1.5x2'])
      expect(() => choosePoints({ quick: false, points: [point] })).toThrow(`'${point}' is no point.`);
  });
});
