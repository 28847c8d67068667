import type { RandomStream } from '@rose/foundation';
import type { AttackedText } from '../text/attacked-text.js';
import type { Scored } from './search-method.js';

/** An index drawn in proportion to its weight (none negative); undefined where all are 0. */
export function drawIndex(weights: readonly number[], random: RandomStream): number | undefined {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return undefined;
  let left = random.uniform() * total;
  const index = weights.findIndex((weight) => (left -= weight) < 0);
  // Rounding may leave a trace: then it is the last that can be drawn at all.
  return index === -1 ? weights.findLastIndex((weight) => weight > 0) : index;
}

/** Indices 0 … count−1 that a coin picks, each with its own probability. */
export function pickIndices(count: number, probability: (index: number) => number, random: RandomStream): number[] {
  return Array.from({ length: count }, (_, index) => index).filter((index) => random.uniform() < probability(index));
}

export const textOf = ({ item }: Scored): AttackedText => item.text;

/** The first of the best. There must be one. */
export function fittest<Member extends { readonly result: Scored }>(members: readonly [Member, ...Member[]]): Member {
  return members.reduce((top, next) => (next.result.score > top.result.score ? next : top));
}
