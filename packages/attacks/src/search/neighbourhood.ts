import type { AttackedText } from '../text/attacked-text.js';
import type { Candidate } from '../constraints/constraint.js';
import type { Scored, SearchSpace } from './search-method.js';

/** Highest score first; equals keep their order, so that ties are decided by position or by text. */
export const byScore = (a: { score: number }, b: { score: number }) => b.score - a.score;

/** The highest score, the first of equals. */
export function best<Item>(scored: readonly Scored<Item>[]): Scored<Item> | undefined {
  return scored.reduce<Scored<Item> | undefined>(
    (top, next) => (top && top.score >= next.score ? top : next),
    undefined,
  );
}

/** Neighbours at each word that may be changed, words without any left out. */
export async function neighboursByWord(
  text: AttackedText,
  space: SearchSpace,
): Promise<readonly { readonly index: number; readonly candidates: readonly Candidate[] }[]> {
  // All at once, so that what language models and encoders are asked meets in their batches.
  const lists = await Promise.all(
    space.attackable(text).map(async (index) => ({ index, candidates: await space.neighbours(text, index) })),
  );
  return lists.filter(({ candidates }) => candidates.length > 0);
}

const textOf = (candidate: Candidate) => candidate.text.columns.join('\n');

/** All neighbours of a text, sorted by text, each text once. */
export async function allNeighbours(text: AttackedText, space: SearchSpace): Promise<readonly Candidate[]> {
  const lists = await neighboursByWord(text, space);
  const byText = new Map<string, Candidate>();
  for (const candidate of lists.flatMap(({ candidates }) => candidates)) {
    const key = textOf(candidate);
    if (!byText.has(key)) byText.set(key, candidate);
  }
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, candidate]) => candidate);
}
