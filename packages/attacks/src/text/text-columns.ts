import { createHash } from 'node:crypto';

/** The texts of one example: one column (a sentence) or two (a pair such as premise and hypothesis). */
export type TextColumns = readonly string[];

/** From here on a text's key is its digest: V8 hashes strings of 16,384 characters and more by their length alone. */
const LONG = 4096;

/** A string that two lists of columns share only when they are equal; lengths first, so that no text can imitate a border. */
export function keyOfColumns(columns: TextColumns): string {
  const lengths = columns.map((column) => column.length).join(',');
  const text = columns.join('');
  return `${lengths}:${text.length < LONG ? text : createHash('sha256').update(text, 'utf16le').digest('base64')}`;
}

/** Characters over all columns: what batches are sorted by. */
export function lengthOfColumns(columns: TextColumns): number {
  return columns.reduce((total, column) => total + column.length, 0);
}
