import { isOneWord } from '../text/attacked-text.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { restoreCase } from '../text/word-case.js';
import type { Transformation } from './transformation.js';

/**
 * Puts a synonym in place of a word, in the case of that word (TextAttack `WordSwapEmbedding`, `WordSwapWordNet`).
 * The source's order decides which `maxCandidates` are tried. What would not be one word is left out, so that indices
 * keep their meaning.
 */
export function synonymSwap(source: SynonymSource, maxCandidates: number): Transformation {
  return {
    name: 'synonym-swap',
    candidates(current, index) {
      const word = current.word(index).text;
      const synonyms = source.candidates(word.toLowerCase()).slice(0, maxCandidates);
      const swaps = new Set(synonyms.map((synonym) => restoreCase(synonym, word)));
      return [...swaps].filter((swap) => swap !== word && isOneWord(swap)).map((swap) => current.replace(index, swap));
    },
  };
}
