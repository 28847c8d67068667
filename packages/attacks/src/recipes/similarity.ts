import type { Constraint } from '../constraints/constraint.js';
import { sentenceSimilarity } from '../constraints/sentence-similarity.js';
import type { SentenceSimilarityOptions } from '../constraints/sentence-similarity.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';

/** What a resource that may be missing brings to a recipe. */
export interface OptionalPart {
  readonly constraints: readonly Constraint[];
  /** Settings that have no effect without it. */
  readonly idle: readonly string[];
  readonly departures: readonly string[];
}

/** The part of a sentence encoder, with or without one. */
export interface Similarity extends OptionalPart {
  /** For the attack's name. */
  readonly name: string;
}

/** The sentence-similarity constraint; without an encoder there is none, which is another attack and is named so. */
export function similarityOf(
  encoder: SentenceEncoder | undefined,
  { original, ...options }: Omit<SentenceSimilarityOptions, 'encoder'> & { readonly original: string },
): Similarity {
  if (!encoder) {
    return {
      name: 'no-sentence-encoder',
      constraints: [],
      idle: ['minSentenceSimilarity', 'window'],
      departures: ['no sentence encoder: the sentence-similarity constraint is not applied'],
    };
  }
  return {
    name: encoder.name,
    constraints: [sentenceSimilarity({ encoder, ...options })],
    idle: [],
    departures: [`sentence encoder ${encoder.name} where TextAttack has ${original}`],
  };
}

export const USE = 'universal-sentence-encoder/3';
