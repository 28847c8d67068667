import { type AlignedText, mapCharacters } from './aligned-text.js';
import { CONTROL, NONSPACING_MARK, WHITESPACE, expression } from './characters.js';
import type { Component } from './component.js';
import { toForm } from './unicode-form.js';

const PRINTABLE = /^[\t\n\r\x20-\x7e]*$/;
const BREAK = /[\t\n\r]/g;
const KEPT_CONTROL = /^[\t\n\r]$/;
const DROPPED = expression(`^[${CONTROL}\\u0000\\uFFFD]$`);
const SPACE = expression(`^${WHITESPACE}$`);
const ACCENT = expression(`^${NONSPACING_MARK}$`);

/**
 * The blocks that BERT calls Chinese. Extension B and later lie beyond what one unit of UTF-16 holds. Extension E starts 256
 * characters late, as it does in Python.
 */
const CHINESE = new RegExp(
  '^[\\u{4E00}-\\u{9FFF}\\u{3400}-\\u{4DBF}\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2B73F}\\u{2B740}-\\u{2B81F}' +
    '\\u{2B920}-\\u{2CEAF}\\u{F900}-\\u{FAFF}\\u{2F800}-\\u{2FA1F}]$',
  'u',
);

/** Drops what no reader sees, and makes every white space a blank. */
function cleaned(character: string): string {
  if (KEPT_CONTROL.test(character)) return ' ';
  if (DROPPED.test(character)) return '';
  return SPACE.test(character) ? ' ' : character;
}

/** A character at a time, as Python does it: a capital sigma at the end of a word becomes σ and not ς. */
export const lowerCased = (text: AlignedText): AlignedText =>
  mapCharacters(text, (character) => character.toLowerCase());

/** The normalizer of BERT. It replaces the library's, which misses Chinese beyond the first plane and lowers whole words. */
export function bertNormalizer(component: Component): (text: AlignedText) => AlignedText {
  const cleans = component.flag('clean_text', true);
  const separates = component.flag('handle_chinese_chars', true);
  const lowers = component.flag('lowercase', true);
  const strips = component.flag('strip_accents', lowers);

  const first = (character: string): string => {
    const kept = cleans ? cleaned(character) : character;
    return separates && kept !== '' && CHINESE.test(kept) ? ` ${kept} ` : kept;
  };

  return (source) => {
    // Most text is plain English, for which all of this is one call. Each character stays where it is.
    if (PRINTABLE.test(source.text)) {
      const blanks = cleans ? source.text.replace(BREAK, ' ') : source.text;
      return source.withUnits(lowers ? blanks.toLowerCase() : blanks);
    }
    let text = cleans || separates ? mapCharacters(source, first) : source;
    if (strips) text = mapCharacters(toForm(text, 'NFD'), (character) => (ACCENT.test(character) ? '' : character));
    return lowers ? lowerCased(text) : text;
  };
}
