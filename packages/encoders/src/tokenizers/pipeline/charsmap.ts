import { type AlignedText, changed } from './aligned-text.js';
import type { Component } from './component.js';

/** Longer graphemes, in bytes of UTF-8, are looked up character by character. */
const LONGEST_GRAPHEME = 5;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Texts in which every character is a grapheme of its own. */
const ASCII = /^[\0-\f\x0e-\x7f]*$/; // eslint-disable-line no-control-regex

/** The fields of a unit of a double array, as in darts-clone. */
const hasLeaf = (unit: number): boolean => ((unit >>> 8) & 1) === 1;
const valueOf = (unit: number): number => unit & 0x7fffffff;
const labelOf = (unit: number): number => (unit & 0x800000ff) >>> 0;
const offsetOf = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6);

/**
 * SentencePiece's table of what each character is replaced by. It is a double array over bytes of UTF-8, whose values are places
 * in a list of strings with a zero after each.
 */
export class Charsmap {
  private readonly trie: Uint32Array;
  private readonly strings: Uint8Array;
  private readonly known = new Map<string, string | undefined>();

  constructor(base64: string, component: Component) {
    const bytes = Buffer.from(base64, 'base64');
    const size = bytes.length >= 4 ? bytes.readUInt32LE(0) : 0;
    if (size === 0 || size % 4 !== 0 || 4 + size > bytes.length) component.refuse('its character map is cut short');
    this.trie = Uint32Array.from({ length: size / 4 }, (_, i) => bytes.readUInt32LE(4 + 4 * i));
    this.strings = bytes.subarray(4 + size);
  }

  apply(source: AlignedText): AlignedText {
    const changes: [string, number][] = [];
    let hasChanged = false;
    const write = (part: string): void => {
      const replacement = this.replacementOf(part);
      hasChanged ||= replacement !== undefined;
      writeReplacement(part, replacement ?? part, changes);
    };
    if (ASCII.test(source.text)) {
      for (const character of source.text) write(character);
    } else {
      for (const { segment } of graphemes.segment(source.text)) {
        const whole = Buffer.byteLength(segment) <= LONGEST_GRAPHEME && this.replacementOf(segment) !== undefined;
        for (const part of whole ? [segment] : segment) write(part);
      }
    }
    return hasChanged ? changed(source, changes) : source;
  }

  private replacementOf(text: string): string | undefined {
    if (!this.known.has(text)) {
      if (this.known.size > 50_000) this.known.clear();
      this.known.set(text, this.lookUp(text));
    }
    return this.known.get(text);
  }

  /** What the shortest beginning in the table is replaced by. Python takes it for the whole, even if more follows. */
  private lookUp(text: string): string | undefined {
    const { trie } = this;
    let node = offsetOf(trie[0] ?? 0);
    for (const byte of Buffer.from(text)) {
      if (byte === 0) return undefined;
      node ^= byte;
      const unit = trie[node] ?? 0;
      if (labelOf(unit) !== byte) return undefined;
      node ^= offsetOf(unit);
      if (hasLeaf(unit)) return this.stringAt(valueOf(trie[node] ?? 0));
    }
    return undefined;
  }

  private stringAt(start: number): string {
    const end = this.strings.indexOf(0, start);
    return Buffer.from(this.strings.subarray(start, end < 0 ? undefined : end)).toString('utf8');
  }
}

/**
 * Replaces characters one by one. The last ones are counted as added, or the last one as swallowing what is left. What vanishes
 * at the very beginning is not counted, in Python either: the places of the rest are then too small.
 */
function writeReplacement(part: string, replacement: string, changes: [string, number][]): void {
  const characters = Array.from(replacement);
  const added = characters.length - Array.from(part).length;
  changes.push(
    ...characters.map((character, i): [string, number] => [character, i >= characters.length - added ? 1 : 0]),
  );
  const last = changes.at(-1);
  if (added < 0 && last) last[1] += added;
}
