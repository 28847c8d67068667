import type { Range } from './aligned-text.js';
import { SPACE } from './byte-level.js';
import { WHITESPACE, expression } from './characters.js';
import type { Component } from './component.js';

export interface Trimming {
  /** The first token may have a blank that is not in the text. */
  readonly addsPrefix: boolean;
}

const LEADING = expression(`^[${SPACE}${WHITESPACE}]+`);
const TRAILING = expression(`[${SPACE}${WHITESPACE}]+$`);

export const trimmingOf = (component: Component): Trimming => ({
  addsPrefix: component.flag('add_prefix_space', true),
});

/** A token with its place, and the text that it stands in. */
interface Placed {
  /** Its name, or what was found in the text. */
  readonly look: string;
  readonly range: Range;
  readonly text: string;
  readonly isFirst: boolean;
}

/** The place of a token without the blanks that it starts or ends with. */
export function trimmed({ look, range: [start, end], text, isFirst }: Placed, { addsPrefix }: Trimming): Range {
  const blanks = LEADING.exec(look)?.[0].length ?? 0;
  const trailing = TRAILING.exec(look)?.[0].length ?? 0;
  // More than one cannot all have been put there.
  const isAdded = blanks === 1 && addsPrefix && (isFirst || start === 0);
  const from = Math.min(onwards(text, start, isAdded ? 0 : blanks), end);
  return [from, Math.max(backwards(text, end, trailing), from)];
}

/** The position some characters further on. */
function onwards(text: string, position: number, characters: number): number {
  let at = position;
  for (let i = 0; i < characters; i++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

/** The position some characters back. */
function backwards(text: string, position: number, characters: number): number {
  let at = position;
  for (let i = 0; i < characters && at > 0; i++) at -= at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1;
  return at;
}
