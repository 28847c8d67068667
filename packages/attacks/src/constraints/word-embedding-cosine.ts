import type { SynonymSource } from '../resources/synonym-source.js';
import type { Constraint } from './constraint.js';

/**
 * The new word's vector must lie within `minimum` cosine of the word it replaces in the original text, both lower-cased;
 * a pair with a word that has no vector passes (TextAttack `WordEmbeddingDistance`).
 */
export function wordEmbeddingCosine(cosine: NonNullable<SynonymSource['cosine']>, minimum: number): Constraint {
  return {
    name: 'word-embedding-cosine',
    filter: (candidates, { original }) =>
      candidates.filter(({ text, index }) => {
        const similarity = cosine(original.word(index).text.toLowerCase(), text.word(index).text.toLowerCase());
        return similarity === undefined || similarity >= minimum;
      }),
  };
}
