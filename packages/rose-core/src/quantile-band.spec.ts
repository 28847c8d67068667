import { describe, expect, it } from 'vitest';
import { bandMask, elementBandMask } from './quantile-band.js';

const named = (values: readonly number[]) => new Map(values.map((value, i) => [`w${i}`, value]));
const mask = (values: readonly number[], upper: number, lower = 0) => [
  ...bandMask(named(values), { lower, upper }).values(),
];

describe('the quantile band', () => {
  const saliencies = [0.5, 0.1, 0.4, 0.2, 0.3];

  it.each([
    [30, [0, 1, 0, 1, 0]],
    [50, [0, 1, 0, 1, 1]],
    [70, [0, 1, 0, 1, 1]],
    [100, [1, 1, 1, 1, 1]],
  ])('keeps what the oracle keeps at upper %d, of tensors and of elements alike', (upper, kept) => {
    expect(mask(saliencies, upper)).toEqual(kept);
    const elements = new Map([
      ['a', Float32Array.from(saliencies.slice(0, 2))],
      ['b', Float32Array.from(saliencies.slice(2))],
    ]);
    const masks = [...elementBandMask(elements, { lower: 0, upper }).values()];
    expect(masks.flatMap((values) => [...values])).toEqual(kept);
  });

  /** docs/rose.md, how many tensors are kept: floor(u·(n−1)) + 1. */
  it.each([
    [96, { 30: 29, 40: 39, 50: 48, 60: 58, 70: 67, 75: 72, 80: 77, 85: 81, 90: 86 }],
    [192, { 30: 58, 40: 77, 50: 96, 60: 115, 70: 134, 75: 144, 80: 153, 85: 163, 90: 172 }],
    [16, { 30: 5, 50: 8, 70: 11, 90: 14 }],
    [32, { 30: 10, 50: 16, 70: 22, 90: 28 }],
    [48, { 30: 15, 50: 24, 70: 33, 90: 43 }],
    [64, { 30: 19, 50: 32, 70: 45, 90: 57 }],
  ])('keeps the published number of %d tensors at each threshold', (n, counts) => {
    const values = Array.from({ length: n }, (_, i) => Math.sin(1000 * (i + 1)));
    for (const [upper, count] of Object.entries(counts)) {
      expect(mask(values, Number(upper)).filter((m) => m === 1)).toHaveLength(count);
    }
  });

  it('has a lower side too, and keeps ties on either edge', () => {
    expect(mask(saliencies, 75, 25)).toEqual([0, 0, 1, 1, 1]);
    expect(mask([1, 1, 1, 2], 50)).toEqual([1, 1, 1, 0]);
    expect(mask([0, 0, 0, 0], 30)).toEqual([1, 1, 1, 1]);
  });

  it('never keeps a saliency that is unknown while others are known', () => {
    expect(mask([Number.NaN, 0.2, 0.1], 50)).toEqual([0, 1, 1]);
  });
});
