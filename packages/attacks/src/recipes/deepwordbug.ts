import type { AttackRecipe } from '../attack-recipe.js';
import { maxEditDistance } from '../constraints/edit-distance.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { greedyByImportance } from '../search/greedy-word-importance.js';
import { byUnknownToken } from '../search/word-importance.js';
import {
  deleteCharacter,
  insertCharacter,
  misspell,
  substituteCharacter,
  swapNeighbours,
} from '../transformations/character-edits.js';
import { composite } from '../transformations/composite.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { wire } from './wire.js';

export const deepWordBugCard: RecipeCard<never> = {
  title: 'DeepWordBug',
  paper:
    'Gao, Lanchantin, Soffa, Qi: Black-box Generation of Adversarial Text Sequences to Evade Deep Learning Classifiers. ' +
    'IEEE S&P Workshops 2018, arXiv:1801.04354',
  needs: [],
  uses: [],
  departures: [
    'words ranked with "[UNK]" in their place, as in TextAttack; the paper scores them by the text before and after',
    'the best of four edits is taken, as in TextAttack; the paper attacks with one kind at a time',
  ],
};

const maxEdits = 30;

/** DeepWordBug (Gao et al. 2018), as TextAttack's `DeepWordBugGao2018`: one random letter of a word goes wrong. */
export function deepWordBug(options: CommonOptions = {}): AttackRecipe {
  const stopWords = keepingStopWords(options);
  const edits = [swapNeighbours, substituteCharacter, deleteCharacter, insertCharacter()];
  return wire({
    name: 'deepwordbug',
    card: deepWordBugCard,
    parts: {
      goal: untargetedClassification,
      transformation: composite(edits.map((edit) => misspell(edit, { positions: 'one' }))),
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: [maxEditDistance(maxEdits)],
      search: greedyByImportance(byUnknownToken),
    },
    sources: [stopWords.source],
    thresholds: { maxEdits },
    departures: [stopWords.departure],
    options,
  });
}
