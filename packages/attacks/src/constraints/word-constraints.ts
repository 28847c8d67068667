import type { WordConstraint } from './constraint.js';

/** No word is changed twice. */
export const repeatModification: WordConstraint = {
  name: 'repeat-modification',
  allows: (text, index) => !text.modified.has(index),
};

/** Stop words stay. The test is case-sensitive, as TextAttack's is: "The" is not "the" and may be changed. */
export function stopWordModification(stopWords: ReadonlySet<string>): WordConstraint {
  return { name: 'stop-words', allows: (text, index) => !stopWords.has(text.word(index).text) };
}

/** Words of these columns (0 or 1) stay: the premise in entailment (TextAttack `InputColumnModification`). */
export function frozenColumns(columns: ReadonlySet<number>): WordConstraint {
  return { name: 'frozen-columns', allows: (text, index) => !columns.has(text.word(index).column) };
}

/** Shorter words stay; characters are Unicode's (TextAttack `MinWordLength`). */
export function minWordLength(length: number): WordConstraint {
  return { name: 'min-word-length', allows: (text, index) => [...text.word(index).text].length >= length };
}

/**
 * Nothing more may be changed once so many words are: `rate` of the text's words, rounded up, but no fewer than `atLeast`
 * (TextAttack `MaxModificationRate`).
 */
export function maxModificationRate(rate: number, atLeast: number): WordConstraint {
  return {
    name: 'max-modification-rate',
    allows: (text) => text.modified.size < Math.max(Math.ceil(text.wordCount * rate), atLeast),
  };
}
