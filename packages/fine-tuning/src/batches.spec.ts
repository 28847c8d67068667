import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { epochBatches } from './batches.js';

const drawn = (rows: number) => {
  const stream = RandomStream.of('lengths');
  // Many short rows and few long ones, as texts are.
  return Array.from({ length: rows }, () => 3 + Math.floor(40 * stream.uniform() ** 3));
};

/**
 * How far a count of `trials` draws with `chance` lies from its mean, in standard deviations. Beyond 4.5 means unfair: it
 * would happen once in 150,000 fair counts, and the seeds never change.
 */
const deviations = (count: number, trials: number, chance: number) =>
  Math.abs(count - trials * chance) / Math.sqrt(trials * chance * (1 - chance));

describe('the batches of an epoch', () => {
  const lengths = drawn(1003);
  const batches = (seed: number, epoch: number) => epochBatches(lengths, { batchSize: 32, seed, epoch });
  const shapes = (seed: number, epoch: number) =>
    batches(seed, epoch).map(({ rows, length }) => `${rows.length} × ${length}`);

  it('hold every row once, all full but one', () => {
    const epoch = batches(1, 0);
    const rows = epoch.flatMap((batch) => batch.rows);
    expect(rows.toSorted((a, b) => a - b)).toEqual(lengths.map((_, row) => row));
    expect(epoch).toHaveLength(32);
    expect(epoch.filter((batch) => batch.rows.length < 32).map((batch) => batch.rows.length)).toEqual([1003 % 32]);
  });

  it('are long enough for their rows', () => {
    for (const { rows, length } of batches(1, 0))
      for (const row of rows) expect(lengths[row]).toBeLessThanOrEqual(length);
  });

  it('depend on the seed and the epoch alone', () => {
    expect(batches(1, 0)).toEqual(batches(1, 0));
    expect(batches(1, 0)).not.toEqual(batches(1, 1));
    expect(batches(1, 0)).not.toEqual(batches(2, 0));
  });

  it('come in the same few shapes in every epoch', () => {
    const first = new Set(shapes(1, 0));
    expect(first.size).toBeLessThanOrEqual(13);
    for (const seed of [1, 2])
      for (let epoch = 0; epoch < 20; epoch++) for (const s of shapes(seed, epoch)) first.add(s);
    expect(first.size).toBeLessThanOrEqual(13);
  });

  it('exist for few rows too', () => {
    expect(epochBatches([], { batchSize: 4, seed: 1, epoch: 0 })).toEqual([]);
    expect(epochBatches([5, 9, 2], { batchSize: 4, seed: 1, epoch: 0 })).toMatchObject([{ length: 9 }]);
    expect(epochBatches([5, 9], { batchSize: 1, seed: 1, epoch: 0 })).toHaveLength(2);
    expect(() => epochBatches([5], { batchSize: 0, seed: 1, epoch: 0 })).toThrow('0 rows');
  });
});

describe('over many seeds and epochs', () => {
  const [rows, batchSize, trials] = [203, 8, 3000];
  const lengths = drawn(rows).sort((a, b) => a - b);
  const epochsOf = (of: readonly number[]) =>
    Array.from({ length: trials }, (_, i) => epochBatches(of, { batchSize, seed: i % 3, epoch: Math.floor(i / 3) }));
  const epochs = epochsOf(lengths);
  const count = Math.ceil(rows / batchSize);
  const placesOf = (row: number, among = epochs) =>
    among.map((batches) => batches.findIndex((batch) => batch.rows.includes(row)));

  it.each([
    ['shortest', 0],
    ['middling', rows >> 1],
    ['longest', rows - 1],
  ])('the %s row is in each batch of the epoch equally often', (_, row) => {
    const seen = new Array<number>(count).fill(0);
    for (const place of placesOf(row)) seen[place] = (seen[place] ?? 0) + 1;
    for (const times of seen) expect(deviations(times, trials, 1 / count)).toBeLessThan(4.5);
  });

  it('long rows come as early as short ones', () => {
    const order = lengths.map((_, row) => row);
    for (const chosen of [new Set(order.slice(0, 20)), new Set(order.slice(-20))]) {
      const means = epochs.map((batches) => {
        const places = batches.flatMap((batch, place) => batch.rows.filter((row) => chosen.has(row)).map(() => place));
        return places.reduce((sum, place) => sum + place, 0) / places.length;
      });
      const mean = means.reduce((sum, x) => sum + x, 0) / trials;
      const variance = means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / trials;
      expect(Math.abs(mean - (count - 1) / 2)).toBeLessThan(4.5 * Math.sqrt(variance / trials));
    }
  });

  it('every row is last, and in the short batch, as often as any other', () => {
    const [last, short] = [new Array<number>(rows).fill(0), new Array<number>(rows).fill(0)];
    for (const batches of epochs) {
      for (const row of batches.at(-1)?.rows ?? []) last[row] = (last[row] ?? 0) + 1;
      for (const batch of batches)
        if (batch.rows.length < batchSize) for (const row of batch.rows) short[row] = (short[row] ?? 0) + 1;
    }
    for (const times of last) expect(deviations(times, trials, 1 / count)).toBeLessThan(4.5);
    for (const times of short) expect(deviations(times, trials, (rows % batchSize) / rows)).toBeLessThan(4.5);
  });

  it('rows of one pool meet by chance, those of two pools do not', () => {
    const [short, long] = [64, 96];
    const two = epochsOf([...new Array<number>(short).fill(5), ...new Array<number>(long).fill(20)]);
    const meetings = (a: number, b: number) => {
      const places = placesOf(b, two);
      return placesOf(a, two).filter((place, i) => place === places[i]).length;
    };
    for (const [a, b] of [
      [0, 1],
      [10, 63],
    ] as const)
      expect(deviations(meetings(a, b), trials, (batchSize - 1) / (short - 1))).toBeLessThan(4.5);
    for (const [a, b] of [
      [64, 65],
      [70, 159],
    ] as const)
      expect(deviations(meetings(a, b), trials, (batchSize - 1) / (long - 1))).toBeLessThan(4.5);
    expect(meetings(0, 64)).toBe(0);
  });

  it('even the longest rows do not always meet', () => {
    const places = Array.from({ length: batchSize }, (_, i) => placesOf(rows - 1 - i));
    const [first, ...others] = places;
    for (const other of others) {
      const met = other.filter((place, i) => place === first?.[i]).length / trials;
      expect(met).toBeGreaterThan(0.1);
      expect(met).toBeLessThan(0.6);
    }
  });

  it('rows of equal length at the border of two pools fall on either side', () => {
    const padded = epochsOf([
      ...new Array<number>(40).fill(5),
      ...new Array<number>(12).fill(6),
      ...new Array<number>(44).fill(20),
    ]);
    const beside = padded.filter((batches) => batches.some((batch) => batch.rows.includes(40) && batch.length === 20));
    expect(deviations(beside.length, trials, 4 / 12)).toBeLessThan(4.5);
  });
});
