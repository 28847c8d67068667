import type { AttackedText } from '../attacked-text.js';
import type { Scored, SearchMethod, SearchSpace } from './search-method.js';

/** Highest score first; equals keep their order, so that ties are decided by position or by text. */
const byScore = (a: { score: number }, b: { score: number }) => b.score - a.score;

/** Words by how much the score rises without them; equals in the order of the text. Costs one query a word. */
async function rankByDeletion(text: AttackedText, space: SearchSpace): Promise<readonly number[]> {
  const deletions = space.attackable(text).map((index) => ({ index, text: text.delete(index) }));
  const scored = await space.evaluate(deletions);
  return [...scored].sort(byScore).map(({ item }) => item.index);
}

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
 * Greedy word swap by word importance, ranking `delete` (TextAttack `GreedyWordSwapWIR(wir_method="delete")`): words are
 * ranked once; each in turn takes its best candidate if that beats the current score; the first word with a successful
 * candidate ends the search.
 */
export const greedyByDeletion: SearchMethod = {
  name: 'greedy-word-importance (delete)',
  async search(start, space) {
    let current = start;
    const order = await rankByDeletion(start.item.text, space);
    for (const index of order) {
      if (space.exhausted) break;
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
