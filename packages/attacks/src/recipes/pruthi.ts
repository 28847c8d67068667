import { z } from 'zod';
import { maxWordsPerturbed } from '../constraints/max-words-perturbed.js';
import { minWordLength, repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { used } from '../attack/recipe-resources.js';
import { hashOfTable } from '../resources/resource.js';
import { greedySearch } from '../search/beam-search.js';
import {
  deleteCharacter,
  insertCharacter,
  keyboardSlip,
  misspell,
  swapNeighbours,
} from '../transformations/character-edits.js';
import { composite } from '../transformations/composite.js';
import { keyboard } from '../transformations/keyboard.js';
import { count } from './settings.js';

/** Pruthi et al. (2019), as TextAttack's `Pruthi2019`: the worst misspelling inside one word, first and last letter kept. */
export const pruthi = defineRecipe({
  name: 'pruthi',
  title: 'Pruthi',
  paper:
    'Pruthi, Dhingra, Lipton: Combating Adversarial Misspellings with Robust Word Recognition. ACL 2019, arXiv:1905.11268',
  settings: z.strictObject({
    maxWords: count(1, 'Most words misspelt; as in TextAttack (the paper looks at 1 and 2)'),
    minLength: count(4, 'Fewest characters of a word that may be misspelt; as in the paper and TextAttack'),
  }),
  departures: [
    'one letter, drawn, is tried for an insertion in each place, as in TextAttack',
    'keys are neighbours where they touch on an American keyboard; TextAttack has a hand-made table',
  ],
  followsTextAttack: true,
  wire: (_, { maxWords, minLength }) => ({
    goal: untargetedClassification,
    transformation: composite(
      [swapNeighbours, deleteCharacter, insertCharacter(), keyboardSlip].map((edit) =>
        misspell(edit, { positions: 'all', inside: true }),
      ),
    ),
    wordConstraints: [minWordLength(minLength), repeatModification],
    constraints: [maxWordsPerturbed({ words: maxWords })],
    search: greedySearch,
    tables: [used('keyboard', { name: 'rose-keyboard', hash: hashOfTable([...keyboard]) })],
  }),
});
