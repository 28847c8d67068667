import { BatchScheduler } from '../batch-scheduler.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import type { Constraint } from './constraint.js';

export interface SentenceSimilarityOptions {
  readonly encoder: SentenceEncoder;
  /** Least angular similarity, 1 − angle/π, in 0 … 1. */
  readonly minimum: number;
  /** Words around the change that are compared; a shorter text passes with similarity 1. */
  readonly window: number;
}

/** Texts an `embed` call at most. */
const BATCH_SIZE = 64;
const UNIT_TOLERANCE = 1e-2;

/** 1 − arccos(a·b)/π of two unit vectors (dimension d): 1 where they agree, ½ at a right angle, 0 where opposite. */
export function angularSimilarity(a: Float32Array, b: Float32Array): number {
  const cosine = a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);
  return 1 - Math.acos(Math.min(1, Math.max(-1, cosine))) / Math.PI;
}

function checkUnit(encoder: SentenceEncoder, vectors: readonly Float32Array[]): readonly Float32Array[] {
  for (const vector of vectors) {
    const norm = Math.hypot(...vector);
    // Written so that NaN fails too.
    if (!(Math.abs(norm - 1) <= UNIT_TOLERANCE)) {
      throw new Error(`Sentence encoder "${encoder.name}" gave a vector of length ${norm}; unit length is needed.`);
    }
  }
  return vectors;
}

/**
 * The window around the change must stay similar to the same window of the current text (not of the original: small
 * steps add up, as in TextAttack's TextFooler). Requests of all examples under attack meet in one scheduler.
 */
export function sentenceSimilarity({ encoder, minimum, window }: SentenceSimilarityOptions): Constraint {
  const scheduler = new BatchScheduler<string, Float32Array>({
    run: async (texts) => checkUnit(encoder, await encoder.embed(texts)),
    key: (text) => text,
    length: (text) => text.length,
    batchSize: BATCH_SIZE,
  });
  return {
    name: 'sentence-similarity',
    async filter(candidates, { current }) {
      const first = candidates[0];
      if (first === undefined) return [];
      if (current.words.length < window) return candidates.map((candidate) => ({ ...candidate, similarity: 1 }));
      const windows = candidates.flatMap(({ text, index }) => [
        current.window(index, window),
        text.window(index, window),
      ]);
      const vectors = await scheduler.request(windows);
      return candidates
        .map((candidate, i) => ({
          ...candidate,
          similarity: angularSimilarity(vectors[2 * i] as Float32Array, vectors[2 * i + 1] as Float32Array),
        }))
        .filter(({ similarity }) => similarity >= minimum);
    },
  };
}
