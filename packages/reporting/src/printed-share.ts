import { distinct } from './distinct.js';

/** A share (0 … 1) as it is printed everywhere: percent with one decimal, without the sign. */
export const printedShare = (share: number): string => (100 * share).toFixed(1);

/** Example counts as they are printed: one number, or the span of unlike ones. */
export const printedSpan = (ascending: readonly number[]): string =>
  distinct([ascending[0], ascending.at(-1)]).join('–');
