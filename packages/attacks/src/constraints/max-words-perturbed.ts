import { changedWords } from '../text/changed-words.js';
import type { Constraint } from './constraint.js';

/**
 * At most so many words may differ from the original: a number, or a share of the words of the shorter text, rounded up
 * (TextAttack `MaxWordsPerturbed`). Words that an insertion or a deletion moved do not count; TextAttack, which compares
 * word by word, counts all that follow.
 */
export function maxWordsPerturbed(limit: { readonly words: number } | { readonly share: number }): Constraint {
  return {
    name: 'max-words-perturbed',
    filter: (candidates, { original }) =>
      candidates.filter(({ text }) => {
        const shorter = Math.min(text.wordCount, original.wordCount);
        const most = 'words' in limit ? limit.words : Math.ceil(shorter * limit.share);
        return changedWords(original, text).length <= most;
      }),
  };
}
