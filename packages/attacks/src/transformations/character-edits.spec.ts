import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { AttackedText, isOneWord } from '../text/attacked-text.js';
import {
  deleteCharacter,
  homoglyph,
  insertCharacter,
  keyboardSlip,
  misspell,
  substituteCharacter,
  swapNeighbours,
} from './character-edits.js';
import type { CharacterEdit, CharacterEditOptions } from './character-edits.js';
import { homoglyphs } from './homoglyphs.js';
import { keyboardNeighbours } from './keyboard.js';

const all = { positions: 'all' } as const;
const inside = { positions: 'all', inside: true } as const;

async function edited(word: string, edit: CharacterEdit, options: CharacterEditOptions, seed = 1): Promise<string[]> {
  const texts = await misspell(edit, options).candidates(AttackedText.of([word]), 0, RandomStream.of(seed));
  return texts.map(({ columns }) => columns.join());
}

describe('misspelling', () => {
  it('swaps neighbours', async () => {
    expect(await edited('word', swapNeighbours, all)).toEqual(['owrd', 'wrod', 'wodr']);
    expect(await edited('word', swapNeighbours, inside)).toEqual(['wrod']);
    expect(await edited('abc', swapNeighbours, inside)).toEqual([]);
  });

  it('deletes characters, the same word once', async () => {
    expect(await edited('good', deleteCharacter, all)).toEqual(['ood', 'god', 'goo']);
    expect(await edited('word', deleteCharacter, inside)).toEqual(['wrd', 'wod']);
  });

  it('inserts a letter before a character, or a space between the first and the last', async () => {
    const letters = await edited('word', insertCharacter(), all);
    expect(letters.map((word) => word.length)).toEqual([5, 5, 5, 5]);
    expect(letters.map((word, i) => word.slice(0, i) + word.slice(i + 1))).toEqual(['word', 'word', 'word', 'word']);
    expect(await edited('word', insertCharacter([' ']), inside)).toEqual(['w ord', 'wo rd']);
    expect(await edited('ab', insertCharacter([' ']), inside)).toEqual([]);
  });

  it('substitutes a letter', async () => {
    const words = await edited('word', substituteCharacter, all);
    expect(words.every((word) => word.length === 4)).toBe(true);
  });

  it('slips to keys that touch, in the same case', async () => {
    expect(await edited('aDo', keyboardSlip, inside)).toEqual(['aEo', 'aRo', 'aSo', 'aFo', 'aXo', 'aCo']);
    expect(keyboardNeighbours('g')).toEqual(['t', 'y', 'f', 'h', 'v', 'b']);
    expect(keyboardNeighbours('q')).toEqual(['w', 'a']);
    expect(keyboardNeighbours('1')).toEqual([]);
  });

  it('draws one position, each of them sooner or later', async () => {
    const one = { positions: 'one' } as const;
    const seen = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const words = await edited('word', deleteCharacter, one, seed);
      expect(words).toHaveLength(1);
      seen.add(words.join());
    }
    expect([...seen].sort()).toEqual(['ord', 'wod', 'wor', 'wrd']);
    expect(await edited('word', insertCharacter(), one, 5)).toEqual(await edited('word', insertCharacter(), one, 5));
    expect(await edited('dog', keyboardSlip, one)).toHaveLength(1);
  });

  it('leaves single characters alone, but for look-alikes', async () => {
    for (const edit of [swapNeighbours, deleteCharacter, insertCharacter(), substituteCharacter, keyboardSlip]) {
      expect(await edited('a', edit, all)).toEqual([]);
    }
    expect(await edited('a', homoglyph, all)).toEqual(['\u0430']);
  });

  it('takes surrogate pairs for one character', async () => {
    expect(await edited('a𝟕b', deleteCharacter, all)).toEqual(['𝟕b', 'ab', 'a𝟕']);
  });

  it('has look-alikes that are other characters, and words still', () => {
    expect(homoglyphs.size).toBeGreaterThan(50);
    for (const [letter, lookalike] of homoglyphs) {
      expect(lookalike).not.toBe(letter);
      expect(isOneWord(`a${lookalike}b`), `${letter} ${lookalike}`).toBe(true);
    }
    for (const letter of 'abcdefghijklmnopqrstuvwxyz0123456789') expect(homoglyphs.has(letter), letter).toBe(true);
  });
});
