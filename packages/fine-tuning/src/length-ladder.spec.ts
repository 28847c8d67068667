import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { lengthLadder } from './length-ladder.js';

/** Every way to choose `count` of the values, the last one always among them. */
function* choices(values: readonly number[], count: number): Generator<number[]> {
  const last = values.at(-1);
  if (last === undefined) return;
  if (count === 1) yield [last];
  else
    for (let i = count - 2; i < values.length - 1; i++)
      for (const rest of choices(values.slice(0, i + 1), count - 1)) yield [...rest, last];
}

describe('lengthLadder', () => {
  const stream = RandomStream.of('ladder');
  const lengths = Array.from({ length: 120 }, () => 3 + Math.floor(14 * stream.uniform() ** 2));
  const batchSize = 4;
  const needs = [...lengths].sort((a, b) => a - b).filter((_, rank) => (rank + 1) % batchSize === 0);
  const batchesOf = (ladder: readonly number[]) =>
    ladder.map((length, i) => needs.filter((need) => need <= length && need > (ladder[i - 1] ?? 0)).length);
  const tokensOf = (ladder: readonly number[]) =>
    batchesOf(ladder).reduce((sum, batches, i) => sum + batches * (ladder[i] ?? 0), 0);

  it.each([1, 2, 3, 4, 5])('finds the best %d lengths that trying out all of them finds', (mostLengths) => {
    const ladder = lengthLadder(lengths, { batchSize, mostLengths, paddingShare: 0 });
    const possible = [...choices([...new Set(needs)], mostLengths)].filter((each) =>
      batchesOf(each).every((n) => n >= 2),
    );
    expect(ladder).toHaveLength(mostLengths);
    expect(tokensOf(ladder)).toBe(Math.min(...possible.map(tokensOf)));
  });

  it('takes no more lengths than the share of padding asks for', () => {
    const tokens = lengths.reduce((sum, length) => sum + length, 0);
    const padding = (ladder: readonly number[]) => 1 - tokens / (batchSize * tokensOf(ladder));
    const ladder = lengthLadder(lengths, { batchSize, paddingShare: 0.15 });
    expect(padding(ladder)).toBeLessThan(0.15);
    const fewer = lengthLadder(lengths, { batchSize, paddingShare: 0, mostLengths: ladder.length - 1 });
    expect(padding(fewer)).toBeGreaterThan(0.15);
  });

  it('gives each length as many batches as asked', () => {
    for (const leastBatches of [1, 2, 5, 8]) {
      const ladder = lengthLadder(lengths, { batchSize, paddingShare: 0, leastBatches });
      expect(Math.min(...batchesOf(ladder))).toBeGreaterThanOrEqual(leastBatches);
    }
  });

  it('ends at the longest row, and is one length where all rows are alike or few', () => {
    expect(lengthLadder(lengths, { batchSize }).at(-1)).toBe(Math.max(...lengths));
    expect(lengthLadder(new Array<number>(50).fill(7), { batchSize })).toEqual([7]);
    expect(lengthLadder([3, 9, 4], { batchSize })).toEqual([9]);
    expect(lengthLadder([], { batchSize })).toEqual([]);
  });
});
