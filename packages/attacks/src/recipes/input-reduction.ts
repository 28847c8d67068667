import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { inputReduction as fewerWords } from '../goal-functions/input-reduction.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { wordDeletion } from '../transformations/word-deletion.js';

/** Input reduction (Feng et al. 2018), as TextAttack's `InputReductionFeng2018`: how few words keep the prediction. */
export const inputReduction = defineRecipe({
  name: 'input-reduction',
  title: 'Input reduction',
  paper:
    'Feng, Wallace, Grissom II, Iyyer, Rodriguez, Boyd-Graber: Pathologies of Neural Models Make Interpretations ' +
    'Difficult. EMNLP 2018, arXiv:1804.07781',
  departures: [
    'words are ranked once, as in TextAttack; the paper ranks them anew after each deletion, and searches with a beam',
    'a deletion leaves the other words their ranks; TextAttack goes on by the old number, which is another word then',
    'an example of which nothing can be deleted is a failure; TextAttack counts every example as a success',
  ],
  followsTextAttack: true,
  wire: () => ({
    goal: fewerWords,
    transformation: wordDeletion,
    wordConstraints: [repeatModification],
    constraints: [],
    search: greedyByDeletion,
  }),
});
