import { type AlignedText, TextBuilder, mapCharacters } from './aligned-text.js';
import { bertNormalizer, lowerCased } from './bert-normalizer.js';
import { MARK, WHITESPACE, expression } from './characters.js';
import { Charsmap } from './charsmap.js';
import type { Component } from './component.js';
import { patternOf } from './patterns.js';
import { toForm } from './unicode-form.js';

export type Normalizer = (text: AlignedText) => AlignedText;

const ANY_MARK = expression(`^${MARK}$`);
const LEADING = expression(`^${WHITESPACE}+`);
const TRAILING = expression(`${WHITESPACE}+$`);

function strip(component: Component): Normalizer {
  const left = component.flag('strip_left', true);
  const right = component.flag('strip_right', true);
  return (source) => {
    const start = left ? (LEADING.exec(source.text)?.[0].length ?? 0) : 0;
    const end = right
      ? (TRAILING.exec(source.text.slice(start))?.index ?? source.text.length - start)
      : source.text.length - start;
    return source.slice(start, start + end);
  };
}

/** What is replaced leaves its last character's place to the replacement. */
function replace(component: Component): Normalizer {
  const pattern = patternOf(component);
  const content = component.text('content');
  return (source) => {
    const builder = new TextBuilder(source);
    let done = 0;
    for (const match of source.text.matchAll(pattern)) {
      builder.copyTo(match.index);
      builder.skip(match[0].length);
      builder.add(content);
      done = match.index + match[0].length;
    }
    if (done === 0) return source;
    builder.copyTo(source.text.length);
    return builder.build();
  };
}

function prepend(component: Component): Normalizer {
  const prefix = component.text('prepend');
  return (source) => prepended(source, prefix);
}

/** What is put in front belongs to the first character. */
export function prepended(source: AlignedText, prefix: string): AlignedText {
  const [first] = source.text;
  if (first === undefined || prefix === '') return source;
  const builder = new TextBuilder(source);
  const [start] = prefix;
  builder.take(start ?? '', first.length);
  builder.add(prefix.slice(start?.length));
  builder.add(first);
  builder.copyTo(source.text.length);
  return builder.build();
}

/** The normalizers that do what Python's do, for every character. */
const normalizers: Readonly<Record<string, (component: Component) => Normalizer>> = {
  BertNormalizer: bertNormalizer,
  NFC: () => (text) => toForm(text, 'NFC'),
  NFD: () => (text) => toForm(text, 'NFD'),
  NFKC: () => (text) => toForm(text, 'NFKC'),
  NFKD: () => (text) => toForm(text, 'NFKD'),
  Lowercase: () => lowerCased,
  StripAccents: () => (text) => mapCharacters(text, (character) => (ANY_MARK.test(character) ? '' : character)),
  Strip: strip,
  Replace: replace,
  Prepend: prepend,
  Precompiled(component) {
    const charsmap = new Charsmap(component.text('precompiled_charsmap'), component);
    return (text) => charsmap.apply(text);
  },
  Sequence(component) {
    const parts = component.parts('normalizers').map(createNormalizer);
    return (text) => parts.reduce((changed, part) => part(changed), text);
  },
};

/** @throws InputError for a normalizer that is not in the list */
export function createNormalizer(component: Component): Normalizer {
  return component.lookUp(normalizers)(component);
}
