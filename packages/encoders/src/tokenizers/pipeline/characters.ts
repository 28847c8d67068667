import * as older from './older-unicode.js';

// Classes of characters as Python's tokenizers see them, for regular expressions with the flag `v`.

/** Unicode's property. JavaScript's \s has U+FEFF too, and lacks U+0085. */
export const WHITESPACE = '\\p{White_Space}';

export const LETTER = `[\\p{L}--[${older.UNASSIGNED}]]`;
export const NUMBER = `[\\p{N}--[${older.UNASSIGNED}]]`;

/** What belongs to a word: \w of Rust's regular expressions. */
export const WORD = `[[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]--[${older.UNASSIGNED}]]`;

/** ASCII's symbols, and what Unicode calls punctuation. */
export const PUNCTUATION =
  `[[\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E${older.ONCE_PUNCTUATION}]` +
  `--[${older.NO_PUNCTUATION}]]`;

/** Control characters, format characters, private use, surrogates. */
export const CONTROL = `[[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]--[${older.NO_CONTROL}]]`;

export const NONSPACING_MARK = `[[\\p{Mn}${older.ONCE_NONSPACING_MARK}]--[${older.NO_NONSPACING_MARK}]]`;
export const MARK = `[[\\p{M}${older.ONCE_MARK}]--[${older.NO_MARK}]]`;

/** A regular expression out of these classes. */
export const expression = (source: string, flags = ''): RegExp => new RegExp(source, `${flags}v`);

/** A text as a regular expression that finds it, or as characters of a class. */
export const escapeRegExp = (text: string): string =>
  Array.from(text, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('');
