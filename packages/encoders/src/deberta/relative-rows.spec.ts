import { describe, expect, it } from 'vitest';
import { type RelativeRows, rowOf, span } from './relative-rows.js';

/** `make_log_bucket_position` of transformers 5.24 with PyTorch, by bucket size and largest position. */
const buckets: readonly [RelativeRows, distances: number[], expected: number[]][] = [
  [
    { buckets: 8, farthest: 24 },
    [0, 1, 4, 5, 6, 7, 9, 11, 12, 16, 23, -5, -23],
    [0, 1, 4, 5, 5, 5, 6, 6, 6, 7, 7, -5, -7],
  ],
  [
    { buckets: 256, farthest: 512 },
    [0, 1, 127, 128, 129, 130, 131, 132, 200, 300, 400, 500, 511, -129, -511],
    [0, 1, 127, 128, 129, 130, 131, 131, 169, 207, 233, 254, 255, -129, -255],
  ],
  [{ buckets: 7, farthest: 16 }, [0, 1, 2, 3, 4, 5, 6, -6], [0, 1, 2, 3, 4, 4, 4, -4]],
];

describe('rowOf', () => {
  it.each(buckets)('gives the rows of Python: %o', (rows, distances, expected) => {
    expect(distances.map((distance) => rowOf(distance, rows) - span(rows))).toEqual(expected);
  });

  it('stays within the table', () => {
    const rows = { buckets: 8, farthest: 24 };
    // In Python these buckets are 8, 9 and -9, before they are clamped.
    expect([40, 69, -69].map((distance) => rowOf(distance, rows))).toEqual([15, 15, 0]);
  });

  it('gives every distance its own row without buckets, up to the farthest', () => {
    const rows = { buckets: undefined, farthest: 3 };
    expect([-4, -3, -2, 0, 2, 3].map((distance) => rowOf(distance, rows))).toEqual([0, 0, 1, 3, 5, 5]);
  });
});
