import { bucketLength } from '@rose/encoders';

export interface PredictionBatch {
  /** Indices of sequences, shorter ones first. */
  readonly sequences: readonly number[];
  /** Rows and tokens a row of the batch; rows beyond the sequences are padding. */
  readonly rows: number;
  readonly length: number;
}

export interface PredictionBatching {
  readonly batchSize: number;
  readonly maxLength: number;
}

/**
 * Sorts sequences by length and cuts them into batches of two sizes only: full ones while they would be filled to three
 * quarters, then quarters. Attacks ask about any number of texts at a time, and a size for each power of two would come
 * to more shapes than a backend keeps compiled; the long rows at the end are few and far between, so that small batches
 * save padding there too. The lengths are those of `bucketLength`, whatever is asked about.
 *
 * @param lengths tokens a sequence
 */
export function predictionBatches(
  lengths: readonly number[],
  { batchSize, maxLength }: PredictionBatching,
): PredictionBatch[] {
  const lengthOf = (sequence: number | undefined) => lengths[sequence ?? -1] ?? 0;
  const order = lengths.map((_, sequence) => sequence).sort((a, b) => lengthOf(a) - lengthOf(b));
  const batches: PredictionBatch[] = [];
  for (let start = 0; start < order.length;) {
    const rows = order.length - start >= 0.75 * batchSize ? batchSize : Math.ceil(batchSize / 4);
    const sequences = order.slice(start, start + rows);
    batches.push({ sequences, rows, length: bucketLength(lengthOf(sequences.at(-1)), maxLength) });
    start += rows;
  }
  return batches;
}
