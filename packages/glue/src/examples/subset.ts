import { InputError, RandomStream } from '@rose/foundation';
import { groupBy } from './group-by.js';
import type { Example } from './example.js';

export interface SubsetOptions {
  /** How many examples to keep. All of them, if there are not more. */
  readonly size: number;
  readonly seed: number;
  /** Keep the shares of the labels, to within one example per label. */
  readonly stratified?: boolean;
}

/** Shares out `size` seats in proportion to the counts. Seats left over go to the largest remainders. */
function proportionalSeats(counts: readonly number[], size: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => (count * size) / total);
  const seats = shares.map(Math.floor);
  const leftOver = size - seats.reduce((sum, seat) => sum + seat, 0);
  const byRemainder = shares.map((share, index) => ({ index, remainder: share % 1 }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, leftOver)) seats[index] = (seats[index] ?? 0) + 1;
  return seats;
}

/**
 * A seeded draw without replacement, in the order of the data set. The same seed gives the same examples on every
 * machine. Without `stratified`, a smaller draw is part of every larger one with the same seed.
 *
 * @throws InputError if `size` is not a positive integer
 */
export function subset<T extends Example>(examples: readonly T[], { size, seed, stratified }: SubsetOptions): T[] {
  if (!Number.isInteger(size) || size < 1) {
    throw new InputError(`A subset cannot have ${size.toString()} examples.`, {
      option: 'size',
      hint: 'Ask for a positive integer.',
    });
  }
  if (size >= examples.length) return [...examples];
  const groups = stratified
    ? [...groupBy(examples.keys(), (i) => examples[i]?.label).values()]
    : [[...examples.keys()]];
  const seats = proportionalSeats(
    groups.map((group) => group.length),
    size,
  );
  const stream = RandomStream.of(seed, 'subset');
  const kept = new Set(groups.flatMap((group, g) => stream.shuffle(group).slice(0, seats[g])));
  return examples.filter((_, index) => kept.has(index));
}
