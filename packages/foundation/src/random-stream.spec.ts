import { describe, expect, it } from 'vitest';
import { RandomStream } from './random-stream.js';

describe('RandomStream', () => {
  it('gives the same numbers for the same labels and others for other labels', () => {
    const draw = (...labels: (string | number)[]) => {
      const stream = RandomStream.of(...labels);
      return Array.from({ length: 8 }, () => stream.uint32());
    };
    expect(draw(1, 'dropout', 7)).toEqual(draw(1, 'dropout', 7));
    expect(draw(1, 'dropout', 7)).not.toEqual(draw(1, 'dropout', 8));
    expect(draw(1, 'a')).not.toEqual(draw('1', 'a'));
  });

  it('is uniform, and normal where asked', () => {
    const stream = RandomStream.of('moments');
    const n = 200_000;
    const uniform = Array.from({ length: n }, () => stream.uniform());
    const normal = Array.from({ length: n }, () => stream.normal());
    const mean = (xs: number[]) => xs.reduce((a, x) => a + x, 0) / xs.length;
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    expect(mean(uniform.map((x) => x * x))).toBeCloseTo(1 / 3, 2);
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((x) => x * x))).toBeCloseTo(1, 1);
  });

  it('shuffles without losing anything, every order about as often', () => {
    const stream = RandomStream.of('shuffle');
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = stream.shuffle(['a', 'b', 'c']).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('keeps the share that dropout asks for, also in arrays of odd length', () => {
    const mask = RandomStream.of('mask').bernoulli(100_001, 0.9);
    const kept = mask.reduce((a, x) => a + x, 0) / mask.length;
    expect(kept).toBeGreaterThan(0.897);
    expect(kept).toBeLessThan(0.903);
    expect(RandomStream.of('mask').bernoulli(5, 1)).toEqual(new Uint8Array([1, 1, 1, 1, 1]));
  });
});
