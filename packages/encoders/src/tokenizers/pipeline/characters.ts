/** What Python's tokenizers (in Rust) take for whitespace: Unicode's property. JavaScript's \s has U+FEFF too, and lacks U+0085. */
export const WHITESPACE = '\\p{White_Space}';

/** What they take for a letter of a word: \w of Rust's regular expressions. */
export const WORD = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';

/** ASCII's symbols, and what Unicode calls punctuation. */
export const PUNCTUATION = '\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E';

/** Control characters, format characters, private use, surrogates. */
export const CONTROL = '\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}';

export const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
