import type { SynonymSource } from '../resources/synonym-source.js';
import { isSwap } from './constraint.js';
import type { Candidate, Constraint, Reference } from './constraint.js';

export interface WordEmbeddingOptions {
  /** What the new word is compared with: that of the original text (default) or of the text it was put into. */
  readonly compareWith?: keyof Reference;
}

type Measure = (a: string, b: string) => number | undefined;

function wordPairs(
  measure: Measure,
  compareWith: keyof Reference,
  keeps: (value: number) => boolean,
): Constraint['filter'] {
  return (candidates, reference) => {
    const wordBefore = ({ text, index }: Candidate) =>
      compareWith === 'current' ? reference.current.word(index).text : reference.original.word(text.origin(index)).text;
    return candidates.filter((candidate) => {
      if (!isSwap(candidate.text, reference.current)) return true;
      const after = candidate.text.word(candidate.index).text;
      const value = measure(wordBefore(candidate).toLowerCase(), after.toLowerCase());
      return value === undefined || keeps(value);
    });
  };
}

/**
 * The new word's vector must lie within `minimum` cosine of the word it replaces, both lower-cased; a pair with a word
 * that has no vector passes, and so do insertions and deletions (TextAttack `WordEmbeddingDistance`).
 */
export function wordEmbeddingCosine(
  cosine: NonNullable<SynonymSource['cosine']>,
  minimum: number,
  { compareWith = 'original' }: WordEmbeddingOptions = {},
): Constraint {
  return { name: 'word-embedding-cosine', filter: wordPairs(cosine, compareWith, (value) => value >= minimum) };
}

/** The same by squared distance, at most `maximum` (TextAttack calls it `max_mse_dist`, but takes no mean). */
export function wordEmbeddingDistance(
  squaredDistance: NonNullable<SynonymSource['squaredDistance']>,
  maximum: number,
  { compareWith = 'original' }: WordEmbeddingOptions = {},
): Constraint {
  const filter = wordPairs(squaredDistance, compareWith, (value) => value <= maximum);
  return { name: 'word-embedding-distance', filter };
}
