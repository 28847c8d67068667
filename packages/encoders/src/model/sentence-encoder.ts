import * as tf from '@tensorflow/tfjs-core';
import { disposeBatch, toTensors, type BatchTensors } from '../batch/batch-tensors.js';
import type { TextTokenizer, TokenSequence } from '../tokenizers/text-tokenizer.js';
import { bucketLength, collate } from '../batch/token-batch.js';

/** Turns sentences into vectors. The dot product of two vectors says how similar the sentences are in meaning. */
export interface SentenceEncoder {
  readonly name: string;
  /** The package its weights come from, and a hash of their files, 16 hexadecimal digits. */
  readonly version?: string;
  readonly hash?: string;
  readonly dimensions: number;
  /** One vector of length 1 for each text, in their order. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  dispose(): void;
}

export interface SentenceEncoderParts {
  readonly name: string;
  readonly source?: { readonly version: string; readonly hash: string };
  readonly dimensions: number;
  readonly tokenizer: TextTokenizer;
  readonly maxLength: number;
  /** One vector for each row, [rows, dimensions]. It need not have length 1. */
  readonly pool: (batch: BatchTensors) => tf.Tensor2D;
  readonly dispose: () => void;
}

/** Batches have one of these numbers of rows, so that an engine which compiles for each shape compiles few. */
const MOST_ROWS = 32;
const ROWS = [8, 16, MOST_ROWS];

function normalised(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  return vector.map((x) => x / Math.max(norm, 1e-6));
}

interface Waiting {
  readonly index: number;
  readonly sequence: TokenSequence;
}

/** A sentence encoder over any pooled model. It sorts by length, batches in few shapes, and normalises. */
export function createSentenceEncoder(parts: SentenceEncoderParts): SentenceEncoder {
  const { name, source, dimensions, tokenizer, maxLength, pool } = parts;

  async function embedBatch(chunk: readonly Waiting[]): Promise<[index: number, vector: Float32Array][]> {
    const sequences = chunk.map(({ sequence }) => sequence);
    const longest = sequences.reduce((most, { ids }) => Math.max(most, ids.length), 0);
    const batch = toTensors(
      collate(sequences, {
        padId: tokenizer.padId,
        length: bucketLength(longest, maxLength),
        rows: ROWS.find((rows) => rows >= sequences.length) ?? MOST_ROWS,
      }),
    );
    const pooled = tf.tidy(() => pool(batch));
    try {
      const values = (await pooled.data()) as Float32Array;
      const vectorOf = (row: number) => normalised(values.subarray(row * dimensions, (row + 1) * dimensions));
      return chunk.map(({ index }, row) => [index, vectorOf(row)]);
    } finally {
      pooled.dispose();
      disposeBatch(batch);
    }
  }

  async function embed(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors = new Array<Float32Array>(texts.length);
    const waiting = texts
      .map((text, index): Waiting => ({ index, sequence: tokenizer.encode([text], maxLength) }))
      .sort((a, b) => a.sequence.ids.length - b.sequence.ids.length || a.index - b.index);
    for (let start = 0; start < waiting.length; start += MOST_ROWS) {
      for (const [index, vector] of await embedBatch(waiting.slice(start, start + MOST_ROWS))) vectors[index] = vector;
    }
    return vectors;
  }

  return { name, ...source, dimensions, embed, dispose: parts.dispose };
}
