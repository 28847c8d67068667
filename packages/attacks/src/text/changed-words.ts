import type { AttackedText } from './attacked-text.js';
import type { Replacement } from './outcome.js';

/**
 * What became of the words of the first text, in its order: the words that stand in the place of each that is not as it
 * was, '' where it was deleted. An insertion belongs to the word beside which it was made; words that merely moved are not
 * listed. Their number is the number of perturbed words, also for `maxWordsPerturbed`.
 */
export function changedWords(before: AttackedText, after: AttackedText): readonly Replacement[] {
  const now = new Map<number, string>();
  after.words.forEach(({ text }, index) => {
    const origin = after.origin(index);
    const sofar = now.get(origin);
    now.set(origin, sofar === undefined ? text : `${sofar} ${text}`);
  });
  return before.words.flatMap(({ text: from, column }, index) => {
    const to = now.get(index) ?? '';
    return from === to ? [] : [{ column, index, from, to }];
  });
}
