import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { predictionBatches } from './predict-batches.js';

const options = { batchSize: 32, maxLength: 128 };
const stream = RandomStream.of('queries');
/** What an attack on one text asks: some texts of nearly the same length. */
const query = (length: number) =>
  Array.from({ length: 1 + stream.below(64) }, () => Math.min(length + stream.below(4), options.maxLength));

describe('the batches of a prediction', () => {
  it('hold each sequence once, and are large enough for it', () => {
    for (const size of [0, 1, 7, 8, 23, 24, 31, 32, 33, 100]) {
      const lengths = Array.from({ length: size }, () => 3 + stream.below(60));
      const batches = predictionBatches(lengths, options);
      const all = batches.flatMap(({ sequences }) => sequences);
      expect(all.toSorted((a, b) => a - b)).toEqual(lengths.map((_, sequence) => sequence));
      for (const { sequences, rows, length } of batches) {
        expect(sequences.length).toBeLessThanOrEqual(rows);
        for (const sequence of sequences) expect(lengths[sequence]).toBeLessThanOrEqual(length);
      }
    }
  });

  it('have the one size or its quarter, of which the last is filled to three quarters or is a quarter', () => {
    const rowsOf = (size: number) =>
      predictionBatches(new Array<number>(size).fill(9), options).map(({ rows }) => rows);
    expect(rowsOf(64)).toEqual([32, 32]);
    expect(rowsOf(56)).toEqual([32, 32]);
    expect(rowsOf(55)).toEqual([32, 8, 8, 8]);
    expect(rowsOf(1)).toEqual([8]);
    expect(predictionBatches([5], { batchSize: 1, maxLength: 9 })).toEqual([{ sequences: [0], rows: 1, length: 8 }]);
  });

  it('come in few shapes however many texts of whatever length an attack asks about', () => {
    const shapes = new Set<string>();
    for (let i = 0; i < 2000; i++)
      for (const { rows, length } of predictionBatches(query(4 + stream.below(50)), options))
        shapes.add(`${rows} × ${length}`);
    // 4, 8 … 24, 32 … 56, each with 32 rows and with 8.
    expect(shapes.size).toBeLessThanOrEqual(20);
  });
});
