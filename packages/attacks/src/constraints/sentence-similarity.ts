import { BatchScheduler } from '../querying/batch-scheduler.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import type { Candidate, Constraint, Reference } from './constraint.js';

export interface SentenceSimilarityOptions {
  readonly encoder: SentenceEncoder;
  /** Smallest similarity, in 0 … 1. */
  readonly minimum: number;
  /** How similarity is measured: 1 − angle/π (default), or the cosine. */
  readonly metric?: 'angular' | 'cosine';
  /**
   * What a candidate is compared with: the text that it was made from (default; small steps add up, as in TextAttack's
   * TextFooler), or the original.
   */
  readonly compareWith?: keyof Reference;
  /** Words around the change that are compared; default all. */
  readonly window?: number;
  /** Whether a text shorter than the window passes with similarity 1, unseen; default true. */
  readonly skipShort?: boolean;
}

/** Most texts in a call of `embed`. */
const BATCH_SIZE = 64;
const UNIT_TOLERANCE = 1e-2;

/** The cosine of two unit vectors of the same dimension, kept to −1 … 1. */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  const dot = a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);
  return Math.min(1, Math.max(-1, dot));
}

/** 1 − arccos(a·b)/π of two unit vectors (dimension d): 1 where they agree, ½ at a right angle, 0 where opposite. */
export function angularSimilarity(a: Float32Array, b: Float32Array): number {
  return 1 - Math.acos(cosineSimilarity(a, b)) / Math.PI;
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
 * The text must stay similar: the window around the change, or all from its first to its last word, against the same
 * window of the text it is compared with. Requests of all examples under attack meet in one scheduler.
 */
export function sentenceSimilarity(options: SentenceSimilarityOptions): Constraint {
  const { encoder, minimum, metric = 'angular', compareWith = 'current', window = Infinity } = options;
  const skipShort = (options.skipShort ?? true) && window !== Infinity;
  const similarityOf = metric === 'angular' ? angularSimilarity : cosineSimilarity;
  const scheduler = new BatchScheduler<string, Float32Array>({
    run: async (texts) => checkUnit(encoder, await encoder.embed(texts)),
    key: (text) => text,
    length: (text) => text.length,
    batchSize: BATCH_SIZE,
  });

  /** The windows of a candidate and of what it is compared with; a deletion at the end moves to the last word. */
  const windowsOf = ({ text, index }: Candidate, reference: Reference): readonly [string, string] => {
    const at = Math.min(index, text.wordCount - 1);
    const before = reference[compareWith];
    const origin = compareWith === 'original' ? text.origin(at) : Math.min(at, before.wordCount - 1);
    return [before.window(origin, window), text.window(at, window)];
  };

  return {
    name: 'sentence-similarity',
    async filter(candidates, reference) {
      const isShort = ({ text }: Candidate) => text.wordCount === 0 || (skipShort && text.wordCount < window);
      const windows = candidates.flatMap((candidate) => (isShort(candidate) ? [] : windowsOf(candidate, reference)));
      const vectors = (await scheduler.request(windows)).values();
      return candidates
        .map((candidate) => {
          if (isShort(candidate)) return { ...candidate, similarity: 1 };
          const [before, after] = [vectors.next(), vectors.next()];
          const similarity = similarityOf(before.value as Float32Array, after.value as Float32Array);
          return { ...candidate, similarity };
        })
        .filter(({ similarity }) => similarity >= minimum);
    },
  };
}
