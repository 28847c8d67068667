import { RandomStream } from '@rose/foundation';
import { lengthLadder } from './length-ladder.js';

export interface BatchingOptions {
  readonly batchSize: number;
  readonly seed: number;
  /** Counted from 0. */
  readonly epoch: number;
}

export interface EpochBatch {
  /** Indices of rows. */
  readonly rows: readonly number[];
  /** Tokens to which the rows are to be padded. */
  readonly length: number;
}

/**
 * The batches of one epoch: ⌈rows / batchSize⌉ of them, in shapes so few that each can be compiled once (`lengthLadder`),
 * with so little padding that it costs little. They depend on the lengths, the seed and the epoch alone.
 *
 * What stays fair, over seeds and epochs:
 * - Every row is in exactly one batch.
 * - A row is in the t-th batch with chance 1 / batches for each t: length says nothing about time, nobody is always last.
 * - Batches padded to the same length form a pool. A pool of k batches is dealt out anew in each epoch, so two of its rows
 *   meet with chance (batchSize − 1) / (k · batchSize − 1). Rows of equal length at the border of two pools fall on
 *   either side by chance.
 * - What does not fill a batch is drawn from all rows alike, so each row has the same chance of the short batch, where it
 *   weighs more. That batch is padded to the longest row: it adds one shape, the same one in each epoch. (Masked rows
 *   would add none, but change every mean over rows in every objective; batches of two sizes would double the shapes.)
 *
 * What does not: outside the short batch, rows of different pools never meet. That is what saves the padding.
 *
 * @param lengths tokens a row
 * @throws InputError when the batch size is not a positive integer
 */
export function epochBatches(
  lengths: readonly number[],
  { batchSize, seed, epoch }: BatchingOptions,
): readonly EpochBatch[] {
  const ladder = lengthLadder(lengths, { batchSize });
  const stream = RandomStream.of(seed, 'batches', epoch);
  const lengthOf = (row: number | undefined) => lengths[row ?? -1] ?? 0;
  const order = stream.shuffle(lengths.map((_, row) => row));
  const leftOver = order.splice(0, order.length % batchSize);
  // The sort is stable: among rows of equal length chance has decided.
  order.sort((a, b) => lengthOf(a) - lengthOf(b));

  const pools = new Map<number, number[]>();
  for (const rows of cut(order, batchSize)) {
    const length = ladder.find((step) => step >= lengthOf(rows.at(-1))) ?? 0;
    const pool = pools.get(length);
    if (pool) pool.push(...rows);
    else pools.set(length, rows);
  }
  const batches = [...pools].flatMap(([length, pool]) =>
    cut(stream.shuffle(pool), batchSize).map((rows): EpochBatch => ({ rows, length })),
  );
  if (leftOver.length > 0) batches.push({ rows: leftOver, length: ladder.at(-1) ?? 0 });
  return stream.shuffle(batches);
}

function cut<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
