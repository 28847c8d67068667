import { describe, expect, it } from 'vitest';
import type { Example } from './example.js';
import { wholeTexts } from './whole-texts.js';

const rows = (...texts: string[]): Example[] => texts.map((text, id) => ({ id, texts: [text], label: 0 }));
const kept = (...texts: string[]): string[] => wholeTexts(rows(...texts)).map(({ texts: [text = ''] }) => text);

describe('wholeTexts', () => {
  it('drops a phrase from the beginning, the middle and the end of a sentence', () => {
    expect(kept('a warm', 'a warm , funny film', 'warm , funny', 'funny film')).toEqual(['a warm , funny film']);
  });

  it('drops a phrase of a phrase', () => {
    expect(kept('b', 'b c', 'a b c d')).toEqual(['a b c d']);
  });

  it('compares whole words', () => {
    expect(kept('art film', 'a smart film', 'art films')).toEqual(['art film', 'a smart film', 'art films']);
  });

  it('keeps the first of equal texts, whatever the white space around its words', () => {
    expect(kept('dull  plot ', 'fine', 'dull plot')).toEqual(['dull  plot ', 'fine']);
  });

  it('agrees with a search of every text in every other on random words', () => {
    let state = 7;
    const draw = (below: number): number => (state = (state * 1103515245 + 12345) % 2 ** 31) % below;
    const texts = Array.from({ length: 300 }, () =>
      Array.from({ length: 1 + draw(6) }, () => 'abc'[draw(3)] ?? 'a').join(' '),
    );
    const expected = texts.filter(
      (text, row) =>
        texts.indexOf(text) === row && !texts.some((other) => other !== text && ` ${other} `.includes(` ${text} `)),
    );
    expect(kept(...texts)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(20);
  });
});
