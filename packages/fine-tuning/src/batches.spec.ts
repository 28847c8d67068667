import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { epochBatches } from './batches.js';

describe('the batches of an epoch', () => {
  const stream = RandomStream.of('lengths');
  const lengths = Array.from({ length: 1000 }, () => 4 + stream.below(40));
  const batches = (seed: number, epoch: number) => epochBatches(lengths, { batchSize: 32, seed, epoch });

  it('visit every row once', () => {
    expect(
      batches(1, 0)
        .flat()
        .sort((a, b) => a - b),
    ).toEqual(lengths.map((_, row) => row));
  });

  it('depend on the seed and the epoch alone', () => {
    expect(batches(1, 0)).toEqual(batches(1, 0));
    expect(batches(1, 0)).not.toEqual(batches(1, 1));
    expect(batches(1, 0)).not.toEqual(batches(2, 0));
  });

  it('waste little on padding, and put long rows at any time of the epoch', () => {
    const padded = batches(1, 0).reduce(
      (sum, rows) => sum + rows.length * Math.max(...rows.map((row) => lengths[row] ?? 0)),
      0,
    );
    const tokens = lengths.reduce((sum, length) => sum + length, 0);
    expect(padded / tokens).toBeLessThan(1.1);
    const means = batches(1, 0).map((rows) => rows.reduce((sum, row) => sum + (lengths[row] ?? 0), 0) / rows.length);
    const half = means.length >> 1;
    const mean = (xs: number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;
    expect(Math.abs(mean(means.slice(0, half)) - mean(means.slice(half)))).toBeLessThan(12);
  });
});
