import type { Candidate } from '../constraints/constraint.js';
import { allNeighbours, best, byScore } from './neighbourhood.js';
import type { SearchMethod } from './search-method.js';

/**
 * Beam search (TextAttack `BeamSearch`): each round tries every change of every text in the beam and keeps the `width` best,
 * whether or not they beat the round before, until one succeeds or nothing is left to change. Needs a constraint that
 * lets that happen, such as `repeatModification`. About width · words² · candidates queries.
 */
export function beamSearch(width: number): SearchMethod {
  return {
    name: width === 1 ? 'greedy' : `beam (${width})`,
    async search(start, space) {
      let beam: readonly Candidate[] = [start.item];
      let top = start;
      while (!top.reached && !space.exhausted) {
        const neighbours = (await Promise.all(beam.map(({ text }) => allNeighbours(text, space)))).flat();
        const scored = await space.evaluate(neighbours);
        const first = best(scored);
        if (first === undefined) break;
        top = first;
        beam = [...scored]
          .sort(byScore)
          .slice(0, width)
          .map(({ item }) => item);
      }
      return top;
    },
  };
}

/** The best change of any word, round after round (TextAttack `GreedySearch`). */
export const greedySearch: SearchMethod = beamSearch(1);
