import { describe, expect, it } from 'vitest';
import { bucketLength, collate } from './token-batch.js';

const sequence = (...ids: number[]) => ({ ids: Int32Array.from(ids), typeIds: Int32Array.from(ids, (id) => id % 2) });

describe('collate', () => {
  it('pads to the longest, masks the padding', () => {
    const batch = collate([sequence(3), sequence(4, 5, 6)], { padId: 9 });
    expect([batch.rows, batch.length]).toEqual([2, 3]);
    expect([...batch.ids]).toEqual([3, 9, 9, 4, 5, 6]);
    expect([...batch.typeIds]).toEqual([1, 0, 0, 0, 1, 0]);
    expect([...batch.mask]).toEqual([1, 0, 0, 1, 1, 1]);
  });

  it('fills up rows with the first sequence and columns with padding', () => {
    const batch = collate([sequence(3), sequence(4, 5)], { padId: 0, length: 4, rows: 3 });
    expect([...batch.ids]).toEqual([3, 0, 0, 0, 4, 5, 0, 0, 3, 0, 0, 0]);
    expect([...batch.mask]).toEqual([1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0]);
  });

  it('refuses what does not fit', () => {
    expect(() => collate([], { padId: 0 })).toThrow('at least one');
    expect(() => collate([sequence(1, 2, 3)], { padId: 0, length: 2 })).toThrow('3 tokens does not fit');
    expect(() => collate([sequence(1), sequence(2)], { padId: 0, rows: 1 })).toThrow('2 sequences');
  });
});

describe('bucketLength', () => {
  it('gives the next multiple of 4, later of 8, then four lengths an octave', () => {
    const buckets = (...lengths: number[]) => lengths.map((longest) => bucketLength(longest, 1000));
    expect(buckets(1, 4, 5, 24, 25, 32, 33, 64)).toEqual([4, 4, 8, 24, 32, 32, 40, 64]);
    expect(buckets(65, 80, 81, 128, 129, 256, 257, 512)).toEqual([80, 80, 96, 128, 160, 256, 320, 512]);
  });

  it('stays below the maximum, and holds what it is asked to hold', () => {
    expect([30, 33, 38].map((longest) => bucketLength(longest, 38))).toEqual([32, 38, 38]);
    for (let longest = 1; longest <= 512; longest++) {
      expect(bucketLength(longest, 512)).toBeGreaterThanOrEqual(longest);
      if (longest > 32) expect(bucketLength(longest, 512)).toBeLessThan(1.25 * longest);
    }
  });

  it('knows few lengths', () => {
    const lengths = new Set(Array.from({ length: 512 }, (_, i) => bucketLength(i + 1, 512)));
    expect(lengths.size).toBe(23);
  });
});
