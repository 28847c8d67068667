import { bytesOf } from './byte-level.js';
import type { Component } from './component.js';

/** Makes a text of the names of tokens. */
export type Decoder = (tokens: readonly string[]) => string;

/** English as it was before it was split at its punctuation. */
const tidied = (text: string): string =>
  text
    .replaceAll(' .', '.')
    .replaceAll(' ?', '?')
    .replaceAll(' !', '!')
    .replaceAll(' ,', ',')
    .replaceAll(" ' ", "'")
    .replaceAll(" n't", "n't")
    .replaceAll(" 'm", "'m")
    .replaceAll(' do not', " don't")
    .replaceAll(" 's", "'s")
    .replaceAll(" 've", "'ve")
    .replaceAll(" 're", "'re");

function wordPiece(component: Component): Decoder {
  const prefix = component.text('prefix', '##');
  const tidies = component.flag('cleanup', true);
  return (tokens) =>
    tokens
      .map((token, i) => {
        const part = i === 0 ? token : token.startsWith(prefix) ? token.slice(prefix.length) : ` ${token}`;
        return tidies ? tidied(part) : part;
      })
      .join('');
}

function metaspace(component: Component): Decoder {
  const symbol = component.text('replacement', '▁');
  const scheme = component.text('prepend_scheme', component.flag('add_prefix_space', true) ? 'always' : 'never');
  return (tokens) => {
    const [first = '', ...rest] = tokens;
    const start = scheme !== 'never' && first.startsWith(symbol) ? first.slice(symbol.length) : first;
    return [start, ...rest].join('').replaceAll(symbol, ' ');
  };
}

/** The decoders that do what Python's do. */
const decoders: Readonly<Record<string, (component: Component) => Decoder>> = {
  WordPiece: wordPiece,
  Metaspace: metaspace,
  ByteLevel: () => (tokens) => Buffer.concat(tokens.map(bytesOf)).toString('utf8'),
};

/** Without a decoder. */
export const withBlanks: Decoder = (tokens) => tokens.join(' ');

/** @throws InputError for a decoder that is not in the list */
export function createDecoder(component: Component): Decoder {
  return component.lookUp(decoders)(component);
}
