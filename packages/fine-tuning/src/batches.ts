import { RandomStream } from '@rose/foundation';

export interface BatchingOptions {
  readonly batchSize: number;
  readonly seed: number;
  /** Counted from 0. */
  readonly epoch: number;
  /** How many batches are drawn at random before their rows are sorted by length. */
  readonly poolBatches?: number;
}

/**
 * The batches of one epoch as row indices: a fair shuffle, cut into pools, each pool sorted by length so that little
 * padding is needed, the batches then shuffled again so that length says nothing about time.
 * Depends on the seed and the epoch alone.
 */
export function epochBatches(
  lengths: readonly number[],
  { batchSize, seed, epoch, poolBatches = 16 }: BatchingOptions,
): number[][] {
  const stream = RandomStream.of(seed, 'batches', epoch);
  const order = stream.shuffle(lengths.map((_, row) => row));
  const batches: number[][] = [];
  for (let start = 0; start < order.length; start += batchSize * poolBatches) {
    const pool = order.slice(start, start + batchSize * poolBatches);
    // Rows of equal length keep their shuffled order: the sort is stable.
    pool.sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
    for (let at = 0; at < pool.length; at += batchSize) batches.push(pool.slice(at, at + batchSize));
  }
  return stream.shuffle(batches);
}
