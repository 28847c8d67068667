import type { SparseRow } from './logistic-regression.js';

/** 1: single words; 2: words and pairs of neighbours. */
export type NgramOrder = 1 | 2;

/** The words of the texts, and pairs of neighbours for order 2: lower-cased, each once. No pair spans two texts. */
function termsOf(texts: readonly string[], order: NgramOrder): Set<string> {
  const terms = texts.flatMap((text) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
    return order === 1 ? words : [...words, ...words.slice(1).map((word, i) => `${words[i] ?? ''} ${word}`)];
  });
  return new Set(terms);
}

export interface Vocabulary {
  readonly size: number;
  /** The known terms of an example; the others are dropped. */
  rowOf(texts: readonly string[]): SparseRow;
}

/** The terms of the training texts, numbered in the order in which they first occur. */
export function buildVocabulary(training: readonly (readonly string[])[], order: NgramOrder): Vocabulary {
  const terms = new Set(training.flatMap((texts) => [...termsOf(texts, order)]));
  const numbers = new Map([...terms].map((term, number) => [term, number]));
  return {
    size: numbers.size,
    rowOf: (texts) => [...termsOf(texts, order)].flatMap((term) => numbers.get(term) ?? []),
  };
}
