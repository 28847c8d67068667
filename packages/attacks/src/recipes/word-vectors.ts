import { wordEmbeddingCosine, wordEmbeddingDistance } from '../constraints/word-embedding.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import type { OptionalPart } from './similarity.js';

/** The smallest cosine of a word and its synonym; no constraint where the source of synonyms has no cosines. */
export function nearByCosine(synonyms: SynonymSource, minWordCosine: number): OptionalPart {
  const cosine = synonyms.cosine?.bind(synonyms);
  if (cosine) return { constraints: [wordEmbeddingCosine(cosine, minWordCosine)], idle: [], departures: [] };
  return {
    constraints: [],
    idle: ['minWordCosine'],
    departures: ['the word-embedding cosine constraint is not applied: the synonym source has no cosines'],
  };
}

/** The largest squared distance of a word from the one before; no constraint where the source of synonyms has no vectors. */
export function nearByDistance(synonyms: SynonymSource, maxSquaredDistance: number): OptionalPart {
  const distance = synonyms.squaredDistance?.bind(synonyms);
  if (distance) {
    const constraint = wordEmbeddingDistance(distance, maxSquaredDistance, { compareWith: 'current' });
    return { constraints: [constraint], idle: [], departures: [] };
  }
  return {
    constraints: [],
    idle: ['maxSquaredDistance'],
    departures: ['the word-embedding distance constraint is not applied: the synonym source has no vectors'],
  };
}
