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

/** The place of a token without the blanks that it starts or ends with. */
export function trimmed(token: string, [start, end]: Range, isFirst: boolean, { addsPrefix }: Trimming): Range {
  let leading = LEADING.exec(token)?.[0].length ?? 0;
  const trailing = TRAILING.exec(token)?.[0].length ?? 0;
  if (leading > 0 && addsPrefix && (isFirst || start === 0)) leading--;
  const from = Math.min(start + leading, end);
  return [from, trailing > 0 && end >= trailing ? Math.max(end - trailing, from) : end];
}
