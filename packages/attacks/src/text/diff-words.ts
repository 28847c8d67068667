import type { AttackOutcome } from './outcome.js';

/** A stretch of text that stayed, or one that was replaced: `from` is empty for an insertion, `to` for a deletion. */
export type DiffSegment =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'replaced'; readonly from: string; readonly to: string };

/** Words, runs of white space, and every other character (an emoji of several code points in one piece). */
const TOKEN = /[\p{L}\p{N}\p{M}'\-_*@]+|\s+|\p{Emoji}(?:\p{Emoji_Modifier}|\u200d\p{Emoji}|\ufe0f)*|./gsu;

const tokensOf = (text: string): readonly string[] => text.match(TOKEN) ?? [];

/** Above so many pairs of tokens to compare, what lies between the equal ends is shown as one replacement. */
const MOST_PAIRS = 4_000_000;

/** Lengths of the longest common subsequences of the tails a[i …] and b[j …], row by row. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [rows[i] as Uint16Array, rows[i + 1] as Uint16Array];
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number);
    }
  }
  return rows;
}

/** Joins what belongs together: equal neighbours of one kind become one segment. */
class Segments {
  readonly list: DiffSegment[] = [];

  same(text: string): void {
    const last = this.list.at(-1);
    if (text === '') return;
    if (last?.kind === 'same') this.list[this.list.length - 1] = { kind: 'same', text: last.text + text };
    else this.list.push({ kind: 'same', text });
  }

  replaced(from: string, to: string): void {
    const last = this.list.at(-1);
    if (from === '' && to === '') return;
    if (last?.kind === 'replaced') {
      this.list[this.list.length - 1] = { kind: 'replaced', from: last.from + from, to: last.to + to };
    } else this.list.push({ kind: 'replaced', from, to });
  }
}

/** Two texts in segments: joining `text` and `from` gives the first, joining `text` and `to` the second. */
export function diffTexts(before: string, after: string): readonly DiffSegment[] {
  const [a, b] = [tokensOf(before), tokensOf(after)];
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [from, to] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const segments = new Segments();
  segments.same(a.slice(0, head).join(''));
  if (from.length * to.length > MOST_PAIRS) segments.replaced(from.join(''), to.join(''));
  else align(from, to, segments);
  segments.same(a.slice(a.length - tail).join(''));
  return segments.list;
}

function align(a: readonly string[], b: readonly string[], segments: Segments): void {
  const lengths = commonLengths(a, b);
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [from, to] = [a[i], b[j]];
    if (from !== undefined && from === to) {
      segments.same(from);
      [i, j] = [i + 1, j + 1];
    } else if (to === undefined || (from !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      segments.replaced(from ?? '', '');
      i++;
    } else {
      segments.replaced('', to);
      j++;
    }
  }
}

/**
 * For each column, the original text in segments, ready to be drawn in a terminal or as HTML: joining `text` and `from`
 * gives the original, joining `text` and `to` the adversarial text. Without a success, nothing was replaced.
 */
export function diffWords({ original, adversarial }: AttackOutcome): readonly (readonly DiffSegment[])[] {
  return original.texts.map((text, column) => diffTexts(text, adversarial?.texts[column] ?? text));
}
