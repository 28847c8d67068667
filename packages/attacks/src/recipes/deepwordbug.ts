import { z } from 'zod';
import { maxEditDistance } from '../constraints/edit-distance.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
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
import { count } from './settings.js';

/** DeepWordBug (Gao et al. 2018), as TextAttack's `DeepWordBugGao2018`: one random letter of a word goes wrong. */
export const deepWordBug = defineRecipe({
  name: 'deepwordbug',
  title: 'DeepWordBug',
  paper:
    'Gao, Lanchantin, Soffa, Qi: Black-box Generation of Adversarial Text Sequences to Evade Deep Learning Classifiers. ' +
    'IEEE S&P Workshops 2018, arXiv:1801.04354',
  settings: z.strictObject({
    maxEdits: count(
      30,
      'Most edits of characters (Levenshtein) between the text and the original; as in the paper and TextAttack',
    ),
  }),
  departures: [
    'words ranked with "[UNK]" in their place, as in TextAttack; the paper scores them by the text before and after',
    'the best of four edits is taken, as in TextAttack; the paper attacks with one kind at a time',
  ],
  followsTextAttack: true,
  wire: (_, { maxEdits }) => ({
    goal: untargetedClassification,
    transformation: composite(
      [swapNeighbours, substituteCharacter, deleteCharacter, insertCharacter()].map((edit) =>
        misspell(edit, { positions: 'one' }),
      ),
    ),
    wordConstraints: [repeatModification],
    constraints: [maxEditDistance(maxEdits)],
    search: greedyByImportance(byUnknownToken),
  }),
});
