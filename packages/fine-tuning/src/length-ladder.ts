import { InputError } from '@rose/foundation';

export interface LadderOptions {
  readonly batchSize: number;
  /** Lengths at most. With the short batch of an epoch they should fit into the sessions that a backend keeps. */
  readonly mostLengths?: number;
  /** Share of all tokens that may be padding; lengths are added until it is met, or there are `mostLengths` of them. */
  readonly paddingShare?: number;
  /** Batches a length at least, so that its rows do not meet the same others in every epoch. */
  readonly leastBatches?: number;
}

interface Ladder {
  /** Ascending. */
  readonly lengths: readonly number[];
  /** The padded lengths of all batches added up. */
  readonly tokens: number;
}

/**
 * The few lengths to which the batches of a data set are padded, ascending; the last is that of its longest row.
 *
 * When rows are sorted by length and cut into full batches, each batch needs the length of its longest row. The ladder is
 * the one that wastes least on these needs among all with as many lengths, by dynamic programming: the best k + 1
 * lengths that end at a need are the best k that end at a smaller one, and that need. It depends on the lengths alone,
 * so that a session which was compiled for a shape serves every epoch.
 *
 * @param lengths tokens a row, in any order
 * @throws InputError when the batch size is not a positive integer
 */
export function lengthLadder(lengths: readonly number[], options: LadderOptions): number[] {
  const { batchSize, mostLengths = 12, paddingShare = 0.09, leastBatches = 2 } = options;
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new InputError(`A batch cannot have ${batchSize} rows.`, { hint: 'Give a positive integer.' });
  }
  const needs = needsOfBatches(lengths, batchSize);
  const steps = [...new Set(needs)].map((length) => ({ length, upTo: needs.lastIndexOf(length) + 1 }));
  const last = steps.at(-1);
  if (!last) return [];

  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const padding = ({ tokens }: Ladder) => 1 - (mean * needs.length) / tokens;
  // The best ladder of as many lengths that ends at each step; absent where its lengths would have too few batches.
  let ladders = steps.map(({ length, upTo }): Ladder | undefined =>
    upTo < leastBatches ? undefined : { lengths: [length], tokens: length * upTo },
  );
  let best: Ladder = { lengths: [last.length], tokens: last.length * last.upTo };
  while (best.lengths.length < mostLengths && padding(best) > paddingShare) {
    const shorter = ladders;
    ladders = steps.map(({ length, upTo }, end) => {
      let chosen: Ladder | undefined;
      for (let before = 0; before < end; before++) {
        const ladder = shorter[before];
        const own = upTo - (steps[before]?.upTo ?? 0);
        if (!ladder || own < leastBatches) continue;
        const tokens = ladder.tokens + length * own;
        if (!chosen || tokens < chosen.tokens) chosen = { lengths: [...ladder.lengths, length], tokens };
      }
      return chosen;
    });
    const longer = ladders.at(-1);
    if (!longer) break;
    best = longer;
  }
  return [...best.lengths];
}

/** The longest row of each batch of sorted rows, ascending; cut from the long end, so that the short rows are left over. */
function needsOfBatches(lengths: readonly number[], batchSize: number): number[] {
  const descending = Float64Array.from(lengths).sort().reverse();
  return [...descending.filter((_, rank) => rank % batchSize === 0)].reverse();
}
