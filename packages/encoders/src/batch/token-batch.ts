import type { TokenSequence } from '../tokenizers/text-tokenizer.js';

/** Rows of tokens padded to one length, as arrays. All are row-major, `rows` × `length`. */
export interface TokenBatch {
  readonly rows: number;
  readonly length: number;
  readonly ids: Int32Array;
  readonly typeIds: Int32Array;
  /** 1 for a real token, 0 for padding. */
  readonly mask: Float32Array;
}

export interface CollateOptions {
  readonly padId: number;
  /** Tokens in a row; those of the longest sequence by default. */
  readonly length?: number;
  /** Rows of the batch. Rows beyond the sequences repeat the first one, so that batches have few shapes. */
  readonly rows?: number;
}

/**
 * Pads sequences into a batch.
 * @throws RangeError when there is no sequence, or when one does not fit
 */
export function collate(sequences: readonly TokenSequence[], options: CollateOptions): TokenBatch {
  const first = sequences[0];
  if (!first) throw new RangeError('A batch needs at least one sequence.');
  const longest = sequences.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  const { padId, length = longest, rows = sequences.length } = options;
  if (length < longest) throw new RangeError(`A sequence of ${longest} tokens does not fit into rows of ${length}.`);
  if (rows < sequences.length) throw new RangeError(`${sequences.length} sequences do not fit into ${rows} rows.`);

  const ids = new Int32Array(rows * length).fill(padId);
  const typeIds = new Int32Array(rows * length);
  const mask = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const sequence = sequences[row] ?? first;
    const start = row * length;
    ids.set(sequence.ids, start);
    typeIds.set(sequence.typeIds, start);
    mask.fill(1, start, start + sequence.ids.length);
  }
  return { rows, length, ids, typeIds, mask };
}

/**
 * The length to which a single batch is padded: the next multiple of 4 up to 24 tokens, of 8 up to 64, then four lengths for
 * each doubling (80, 96, 112, 128, 160 …), but never more than `maxLength`. Finer steps would need less padding, but a compiled
 * session serves one shape only. Training knows all its rows in advance and chooses its own lengths.
 */
export function bucketLength(longest: number, maxLength: number): number {
  const step = Math.max(longest <= 24 ? 4 : 8, 2 ** Math.ceil(Math.log2(longest)) / 8);
  return Math.min(step * Math.ceil(longest / step), maxLength);
}
