import { type AlignedText, TextBuilder } from './aligned-text.js';

/** Bytes that stand for themselves: the printable ones of Latin-1, but for the soft hyphen. */
const isPrintable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);

/** GPT-2's alphabet: a visible character for each byte. The others come after Latin-1 in their order. */
const SYMBOLS: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
})();

const BYTES: ReadonlyMap<string, number> = new Map(SYMBOLS.map((symbol, byte) => [symbol, byte]));

/** The symbol of a blank. */
export const SPACE = SYMBOLS[0x20] ?? '';

const SIMPLE = /^[\x20-\x7e]*$/;

/** A text as the symbols of its bytes in UTF-8. */
export function toBytes(source: AlignedText): AlignedText {
  const { text } = source;
  if (SIMPLE.test(text)) return source.withUnits(text.includes(' ') ? text.replaceAll(' ', SPACE) : text);
  const builder = new TextBuilder(source);
  for (const character of text) {
    let written = false;
    for (const byte of Buffer.from(character)) {
      const symbol = SYMBOLS[byte] ?? '';
      if (written) builder.add(symbol);
      else builder.take(symbol, character.length);
      written = true;
    }
  }
  return builder.build();
}

/** The bytes that a token stands for; those of its own characters if it is no token of bytes. */
export function bytesOf(token: string): Buffer {
  const bytes = Array.from(token, (symbol) => BYTES.get(symbol));
  return bytes.includes(undefined) ? Buffer.from(token) : Buffer.from(bytes as number[]);
}
