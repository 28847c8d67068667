import { byScore } from './neighbourhood.js';
import type { Scored, SearchMethod } from './search-method.js';
import { byDeletion } from './word-importance.js';
import type { WordRanking } from './word-importance.js';

/**
 * Of the candidates that succeeded before the first that did not, in score order, the most similar one; the first where
 * no sentence encoder measured them, and among equals.
 */
function mostSimilarSuccess(scored: readonly Scored[]): Scored | undefined {
  const firstMiss = scored.findIndex(({ reached }) => !reached);
  const successes = firstMiss === -1 ? scored : scored.slice(0, firstMiss);
  return successes.reduce<Scored | undefined>((best, next) => {
    const gain = (next.item.similarity ?? -Infinity) - (best?.item.similarity ?? -Infinity);
    return best === undefined || gain > 0 ? next : best;
  }, undefined);
}

/**
 * Greedy word swap by word importance (TextAttack `GreedyWordSwapWIR`): words are ranked once; each in turn takes its best
 * candidate if that beats the current score; the first word with a successful candidate ends the search. A word keeps
 * its rank when insertions or deletions move it (TextAttack goes on by the old number, which is another word then).
 */
export function greedyByImportance(ranking: WordRanking): SearchMethod {
  return {
    name: `greedy-word-importance (${ranking.name})`,
    ...(ranking.whiteBox && { whiteBox: true }),
    async search(start, space) {
      let current = start;
      for (const origin of await ranking.rank(start.item.text, space)) {
        if (space.exhausted) break;
        const index = current.item.text.locate(origin);
        if (index === undefined) continue;
        const neighbours = await space.neighbours(current.item.text, index);
        const scored = [...(await space.evaluate(neighbours))].sort(byScore);
        const best = scored[0];
        if (!best || best.score <= current.score) continue;
        current = best;
        if (best.reached) return mostSimilarSuccess(scored) ?? best;
      }
      return current;
    },
  };
}

/** Words ranked by how much the score rises without them. */
export const greedyByDeletion: SearchMethod = greedyByImportance(byDeletion);
