import { median } from './statistics.js';
import type { Summary } from './statistics.js';

/** How many times as long another program takes, with its spread. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** Of two summaries that nothing ties together: between their fastest over our slowest repeat and the reverse. */
export const ratioOfSummaries = (theirs: Summary, ours: Summary): Ratio => ({
  ratio: theirs.msMedian / ours.msMedian,
  low: theirs.msMin / ours.msMax,
  high: theirs.msMax / ours.msMin,
});

/**
 * Of rounds in which both were measured one right after the other: the ratio of the medians over all repeats, and
 * between the lowest and the highest ratio of one round. A machine that slows down for a while slows both.
 */
export function ratioOfRounds(theirs: readonly (readonly number[])[], ours: readonly (readonly number[])[]): Ratio {
  const ratio = median(theirs.flat()) / median(ours.flat());
  const each = theirs.map((round, i) => median(round) / median(ours[i] ?? []));
  return { ratio, low: Math.min(ratio, ...each), high: Math.max(ratio, ...each) };
}

/** `1.62× (1.55 … 1.70)` */
export const describeRatio = ({ ratio, low, high }: Ratio): string =>
  `${ratio.toFixed(2)}× (${low.toFixed(2)} … ${high.toFixed(2)})`;
