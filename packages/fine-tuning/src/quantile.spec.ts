import { RandomStream } from '@rose/foundation';
import { expect, it } from 'vitest';
import { quantile, quantileOfAll } from './quantile.js';

const ascending = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

it('interpolates between order statistics', () => {
  const sorted = [0.1, 0.2, 0.3, 0.4, 0.5];
  for (const [percent, q] of [
    [0, 0.1],
    [30, 0.22],
    [50, 0.3],
    [70, 0.38],
    [100, 0.5],
  ] as const) {
    expect(quantile(sorted, percent)).toBeCloseTo(q, 12);
  }
});

it.each([0, 1, 30, 50, 62.5, 99, 100])('finds Q_%d of many arrays as sorting does, to the bit', (percent) => {
  const stream = RandomStream.of('quantile', percent);
  // Ties, zeros, infinities, subnormal numbers and wide magnitudes; views that do not begin where their buffer does.
  const kinds = [() => 0, () => 1, () => Infinity, () => 1e-42, () => Math.exp(20 * stream.normal())];
  const draw = () => (kinds[stream.below(9)] ?? (() => stream.uniform()))();
  const arrays = [1, 2, 777, 4000].map((length) => Float32Array.from({ length: length + 3 }, draw).subarray(3));
  const sorted = ascending(arrays.flatMap((array) => [...array]));
  expect(quantileOfAll(arrays, percent)).toBe(quantile(sorted, percent));
});
