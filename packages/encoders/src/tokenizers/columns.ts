import { InputError } from '@rose/foundation';

/** The one or two texts of an example. */
export function columnsOf(texts: readonly string[]): readonly [string] | readonly [string, string] {
  const [first, second] = texts;
  if (first === undefined || texts.length > 2) {
    throw new InputError(`An encoder reads one text or a pair of texts, not ${texts.length}.`, {
      hint: 'Give one or two columns of text.',
    });
  }
  return second === undefined ? [first] : [first, second];
}

/** How many tokens are left for the texts besides the special tokens. */
export function roomFor(maxLength: number, special: number): number {
  if (maxLength <= special) {
    throw new InputError(`A maximum length of ${maxLength} leaves no room for text.`, {
      option: 'maxLength',
      hint: `Give a maximum length of at least ${special + 1}.`,
    });
  }
  return maxLength - special;
}
