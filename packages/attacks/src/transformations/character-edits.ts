import type { RandomStream } from '@rose/foundation';
import { homoglyphs } from './homoglyphs.js';
import { keyboardNeighbours } from './keyboard.js';
import type { Transformation } from './transformation.js';

/** One kind of spelling mistake. */
export interface CharacterEdit {
  readonly name: string;
  /** Characters that it touches from its position on. */
  readonly width: number;
  /** What may stand in the place of the `width` characters, which are given. */
  instead(characters: readonly string[], random: RandomStream): readonly string[];
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const letterOf = (letters: readonly string[], random: RandomStream) => letters[random.below(letters.length)] ?? '';

/** Two neighbours change places. */
export const swapNeighbours: CharacterEdit = {
  name: 'swap-neighbours',
  width: 2,
  instead: ([a = '', b = '']) => [b + a],
};

export const deleteCharacter: CharacterEdit = { name: 'delete-character', width: 1, instead: () => [''] };

/** One of `letters`, drawn, goes before the character; default a to z and A to Z. */
export function insertCharacter(letters: readonly string[] = LETTERS): CharacterEdit {
  return {
    name: letters.length === 1 && letters[0] === ' ' ? 'insert-space' : 'insert-character',
    width: 1,
    instead: ([a = ''], random) => [letterOf(letters, random) + a],
  };
}

/** A letter, drawn, takes the place of the character. */
export const substituteCharacter: CharacterEdit = {
  name: 'substitute-character',
  width: 1,
  instead: (_, random) => [letterOf(LETTERS, random)],
};

/** Each of the keys beside the character's. */
export const keyboardSlip: CharacterEdit = {
  name: 'keyboard-slip',
  width: 1,
  instead: ([a = '']) => keyboardNeighbours(a),
};

/** A character that looks the same. */
export const homoglyph: CharacterEdit = {
  name: 'homoglyph',
  width: 1,
  instead: ([a = '']) => {
    const lookalike = homoglyphs.get(a);
    return lookalike === undefined ? [] : [lookalike];
  },
};

export interface CharacterEditOptions {
  /** Every position, or one drawn at each call (TextAttack `random_one`). */
  readonly positions: 'all' | 'one';
  /** Leaves the first and the last character alone. */
  readonly inside?: boolean;
}

/**
 * Misspells a word (TextAttack's `WordSwap…Character…`, `WordSwapQWERTY`, `WordSwapHomoglyphSwap`). A word of one
 * character is left alone, but for homoglyphs. Where one position is drawn, so is one of several results.
 */
export function misspell(edit: CharacterEdit, { positions, inside = false }: CharacterEditOptions): Transformation {
  return {
    name: `${edit.name} (${positions}${inside ? ', inside' : ''})`,
    candidates(current, index, random) {
      const characters = [...current.word(index).text];
      const from = inside ? 1 : 0;
      const last = characters.length - edit.width - (inside ? 1 : 0);
      if (last < from || (characters.length === 1 && edit !== homoglyph)) return [];
      const editAt = (at: number) => {
        const before = characters.slice(0, at).join('');
        const after = characters.slice(at + edit.width).join('');
        return edit.instead(characters.slice(at, at + edit.width), random).map((middle) => before + middle + after);
      };
      const all = (): readonly string[] => Array.from({ length: last - from + 1 }, (_, i) => editAt(from + i)).flat();
      const one = (): readonly string[] => {
        const results = editAt(from + random.below(last - from + 1));
        return results.length > 1 ? [letterOf(results, random)] : results;
      };
      const words = new Set(positions === 'all' ? all() : one());
      return [...words].map((word) => current.replace(index, word));
    },
  };
}
