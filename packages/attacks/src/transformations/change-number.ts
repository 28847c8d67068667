import type { RandomStream } from '@rose/foundation';
import { restoreCase } from '../text/word-case.js';
import { numberOfWord, wordOfNumber } from './number-words.js';
import type { Transformation } from './transformation.js';

/** "to", "for" and "o" are too near to these (CheckList leaves them alone). */
const KEPT = [0, 2, 4];
/** Numbers with more digits are dates, codes and the like. */
const DIGITS = /^\d{1,9}$/;

/** Up to `most` of 1 … 2 · value, drawn. */
function others(value: number, most: number, random: RandomStream): readonly number[] {
  if (KEPT.includes(value)) return [];
  const drawn = Array.from({ length: most }, () => 1 + random.below(2 * value));
  return [...new Set(drawn)].filter((other) => other !== value);
}

/**
 * Another number in the place of one, in digits or words as it was (CheckList; TextAttack `WordSwapChangeNumber`). Words
 * go from "one" to "ninety-nine"; numbers of several words ("two hundred") are not read as one.
 *
 * @param maxNumbers tried for each number, drawn
 */
export function changeNumber(maxNumbers: number): Transformation {
  return {
    name: 'change-number',
    candidates(current, index, random) {
      const { text } = current.word(index);
      const inWords = numberOfWord(text.toLowerCase());
      const value = inWords ?? (DIGITS.test(text) ? Number(text) : undefined);
      if (value === undefined) return [];
      const write = (other: number) => (inWords === undefined ? String(other) : restoreCase(wordOfNumber(other), text));
      return others(value, maxNumbers, random).map((other) => current.replace(index, write(other)));
    },
  };
}
