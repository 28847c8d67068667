import type { AttackRecipe } from '../attack-recipe.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { inputReduction as fewerWords } from '../goal-functions/input-reduction.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { wordDeletion } from '../transformations/word-deletion.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { wire } from './wire.js';

export const inputReductionCard: RecipeCard<never> = {
  title: 'Input reduction',
  paper:
    'Feng, Wallace, Grissom II, Iyyer, Rodriguez, Boyd-Graber: Pathologies of Neural Models Make Interpretations ' +
    'Difficult. EMNLP 2018, arXiv:1804.07781',
  needs: [],
  uses: [],
  departures: [
    'words are ranked once, as in TextAttack; the paper ranks them anew after each deletion, and searches with a beam',
    'a deletion leaves the other words their ranks; TextAttack goes on by the old number, which is another word then',
    'an example of which nothing can be deleted is a failure; TextAttack counts every example as a success',
  ],
};

/** Input reduction (Feng et al. 2018), as TextAttack's `InputReductionFeng2018`: how few words keep the prediction. */
export function inputReduction(options: CommonOptions = {}): AttackRecipe {
  const stopWords = keepingStopWords(options);
  return wire({
    name: 'input-reduction',
    card: inputReductionCard,
    parts: {
      goal: fewerWords,
      transformation: wordDeletion,
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: [],
      search: greedyByDeletion,
    },
    sources: [stopWords.source],
    departures: [stopWords.departure],
    options,
  });
}
