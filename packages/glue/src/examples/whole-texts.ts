import type { Example } from './example.js';

/**
 * Drops every example whose text is a run of words inside another example's text, and keeps the order of the others.
 * SST-2's train split needs it: it has every phrase of its parse trees beside the sentence, but its dev split has
 * sentences only.
 *
 * Of equal texts the first is kept. The two texts of a pair count as one.
 */
export function wholeTexts(examples: readonly Example[]): Example[] {
  const rowOf = new Map<string, number>();
  for (const [row, example] of examples.entries()) {
    const text = example.texts.flatMap(wordsOf).join(' ') + ' ';
    if (!rowOf.has(text)) rowOf.set(text, row);
  }
  const suffixes = [...rowOf].flatMap(([text, row]) => suffixesOf(text, row));
  suffixes.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.start - b.start));

  // A text inside another one is the beginning of one of its suffixes, and those sort right behind the text itself.
  const whole = new Set(rowOf.values());
  let open: Suffix[] = [];
  for (const suffix of suffixes) {
    open = open.filter(({ text }) => suffix.text.startsWith(text));
    for (const { row } of open) if (row !== suffix.row) whole.delete(row);
    if (suffix.start === 0) open.push(suffix);
  }
  return examples.filter((_, row) => whole.has(row));
}

interface Suffix {
  readonly text: string;
  readonly row: number;
  /** Where it starts in the row's text, in characters. */
  readonly start: number;
}

function suffixesOf(text: string, row: number): Suffix[] {
  const suffixes: Suffix[] = [];
  for (let start = 0; start < text.length; start = text.indexOf(' ', start) + 1) {
    suffixes.push({ text: text.slice(start), row, start });
  }
  return suffixes;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
