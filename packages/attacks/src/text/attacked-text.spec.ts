import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { AttackedText, isOneWord } from './attacked-text.js';

const wordsOf = (...columns: string[]) => AttackedText.of(columns).words.map(({ text }) => text);

describe('words', () => {
  it('keeps contractions, hyphens, underscores, stars and addresses, and strips marks at both ends', () => {
    expect(wordsOf("Don't 'quote' me-too -- snake_case f**k a@b *bold* _it_ 'tis")).toEqual([
      "Don't",
      'quote',
      'me-too',
      'snake_case',
      'f**k',
      'a@b',
      'bold',
      'it',
      'tis',
    ]);
  });

  it('never takes punctuation or emoji for a word, and splits at them', () => {
    expect(wordsOf('Wow!!! 😀 3.5/5 – so-so … ❤️ (really?)')).toEqual(['Wow', '3', '5', '5', 'so-so', 'really']);
    expect(wordsOf('')).toEqual([]);
    expect(wordsOf(' ... -- ')).toEqual([]);
  });

  it('reads other scripts, right-to-left and decomposed accents', () => {
    expect(wordsOf('שלום עולם')).toEqual(['שלום', 'עולם']);
    expect(wordsOf('cafe\u0301 naïve')).toEqual(['cafe\u0301', 'naïve']);
  });

  it('numbers words over both columns and knows where they stand', () => {
    const text = AttackedText.of(['A cat.', '"A dog"']);
    expect(text.words[3]).toEqual({ text: 'dog', column: 1, start: 3, end: 6 });
    expect(text.words.map(({ column, start, end }) => text.columns[column]?.slice(start, end))).toEqual(
      text.words.map((word) => word.text),
    );
  });

  it('says what is one word', () => {
    expect(['good', "isn't", 'so-so'].every(isOneWord)).toBe(true);
    expect(['', 'two words', 'u.s', "'quoted'", '😀'].some(isOneWord)).toBe(false);
  });
});

describe('replace', () => {
  it('keeps spacing, punctuation and all other words', () => {
    const text = AttackedText.of(["It's  (really)\tgood, 😀 good!"]);
    const swapped = text.replace(2, 'fine').replace(3, 'splendid');
    expect(swapped.columns).toEqual(["It's  (really)\tfine, 😀 splendid!"]);
    expect([...swapped.modified]).toEqual([2, 3]);
    expect(text.columns).toEqual(["It's  (really)\tgood, 😀 good!"]);
    expect(text.modified.size).toBe(0);
  });

  it('changes only its own column', () => {
    expect(AttackedText.of(['a b', 'a b']).replace(2, 'longer').columns).toEqual(['a b', 'longer b']);
  });

  it('refuses a word that is not there', () => {
    expect(() => AttackedText.of(['one']).replace(1, 'two')).toThrow(RangeError);
  });
});

describe('delete', () => {
  const without = (index: number, ...columns: string[]) => AttackedText.of(columns).delete(index).columns;

  it('takes the space before, or after the first word of a column', () => {
    expect(without(1, 'a fine film.')).toEqual(['a film.']);
    expect(without(2, 'a fine film.')).toEqual(['a fine.']);
    expect(without(0, 'a fine film.')).toEqual(['fine film.']);
    expect(without(2, 'x y', 'Good day')).toEqual(['x y', 'day']);
    expect(without(0, '"Good" day')).toEqual(['"" day']);
    expect(without(0, 'alone')).toEqual(['']);
  });

  it('moves the marks of later words', () => {
    const text = AttackedText.of(['a b c d']).replace(1, 'B').replace(3, 'D').delete(2);
    expect(text.columns).toEqual(['a B D']);
    expect([...text.modified]).toEqual([1, 2]);
    expect([...text.delete(1).modified]).toEqual([1]);
  });
});

describe('words that move', () => {
  it('keep their origin through insertions and deletions', () => {
    const text = AttackedText.of(['a b c', 'd']).replace(1, 'x b').delete(0);
    expect(text.columns).toEqual(['x b c', 'd']);
    expect(text.words.map((_, index) => text.origin(index))).toEqual([1, 1, 2, 3]);
    expect([0, 1, 2, 3, 4].map((origin) => text.locate(origin))).toEqual([undefined, 0, 2, 3, undefined]);
    expect([...text.modified]).toEqual([0, 1]);
    expect(text.replace(3, 'D').origin(3)).toBe(3);
  });

  it('are found where nothing has moved', () => {
    const text = AttackedText.of(['a b']).replace(0, 'x');
    expect([0, 1, 2].map((origin) => text.locate(origin))).toEqual([0, 1, undefined]);
  });

  it('are deleted by nothing in their place', () => {
    expect(AttackedText.of(['a b']).replace(1, '').columns).toEqual(['a']);
    expect(AttackedText.of(['a b']).replace(1, '?!').columns).toEqual(['a']);
  });
});

describe('words after edits', () => {
  it('are those that the new text would be split into', () => {
    const random = RandomStream.of('edits');
    const pieces = ["don't", '-x-', "'q'", '😀', '...', 'a', 'so-so', '_', ' ', ' ', '\u0301', 'ö', ', ', '𝟕', '@'];
    const draw = (count: number) => Array.from({ length: count }, () => pieces[random.below(pieces.length)]).join('');
    for (let trial = 0; trial < 1000; trial++) {
      let text = AttackedText.of(Array.from({ length: 1 + (trial % 2) }, () => draw(12)));
      for (let edit = 0; edit < 4 && text.wordCount > 0; edit++) {
        const index = random.below(text.wordCount);
        text =
          random.below(4) === 0
            ? text.delete(index)
            : text.replace(index, ['b', 'new b', "it's", ''][random.below(4)] ?? '');
        const { words } = AttackedText.of(text.columns);
        expect(text.wordCount).toBe(words.length);
        // One by one before all together, which is another way there.
        if (edit % 2 === 0) expect(words.map((_, i) => text.word(i))).toEqual(words);
        expect(text.words, JSON.stringify(text.columns)).toEqual(words);
      }
    }
  });

  it('end where the text ends', () => {
    const text = AttackedText.of(['a b c']);
    expect(() => text.replace(0, 'x').word(3)).toThrow(RangeError);
    expect(() => text.delete(0).word(2)).toThrow(RangeError);
  });
});

describe('mixtures', () => {
  it('take words and their marks from the other text, in both columns', () => {
    const original = AttackedText.of(['a, b!', 'c d']);
    const one = original.replace(0, 'first').replace(2, 'x');
    const other = original.replace(1, 'long-word').replace(2, 'y');
    const child = one.withWordsOf(other, [0, 1, 2]);
    expect(child.columns).toEqual(['a, long-word!', 'y d']);
    expect([...child.modified].sort()).toEqual([1, 2]);
    expect(one.withWordsOf(other, []).columns).toEqual(one.columns);
  });
});

describe('window', () => {
  const text = AttackedText.of(['0 1 2, 3 4', '5 6 (7) 8 9!']);

  it('is centred, shifted inwards at the ends, and joins columns with a line break', () => {
    expect(text.window(5, 3)).toBe('4\n5 6');
    expect(text.window(0, 3)).toBe('0 1 2');
    expect(text.window(9, 3)).toBe('7) 8 9');
    expect(text.window(8, 3)).toBe('7) 8 9');
    expect(text.window(2, 100)).toBe('0 1 2, 3 4\n5 6 (7) 8 9');
  });

  it('leans to the left where the size is even, as TextAttack rounds', () => {
    expect(text.window(2, 4)).toBe('0 1 2, 3');
  });
});
