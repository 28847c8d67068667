import type { AttackRecipe } from '../attack-recipe.js';
import { maxWordsPerturbed } from '../constraints/max-words-perturbed.js';
import { minWordLength, repeatModification } from '../constraints/word-constraints.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { hashOfTable } from '../resources/hash-of-table.js';
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
import type { RecipeCard } from './recipe-card.js';
import { checkCounts, freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { wire } from './wire.js';

export interface PruthiOptions extends CommonOptions {
  /** Words misspelt at most, default 1; the paper looks at 1 and 2. */
  readonly maxWords?: number;
}

export const pruthiCard: RecipeCard<never> = {
  title: 'Pruthi',
  paper:
    'Pruthi, Dhingra, Lipton: Combating Adversarial Misspellings with Robust Word Recognition. ACL 2019, arXiv:1905.11268',
  needs: [],
  uses: [],
  departures: [
    'one letter, drawn, is tried for an insertion in each place, as in TextAttack',
    'keys are neighbours where they touch on an American keyboard; TextAttack has a hand-made table',
  ],
};

const minLength = 4;

/** Pruthi et al. (2019), as TextAttack's `Pruthi2019`: the worst misspelling inside one word, first and last letter kept. */
export function pruthi(options: PruthiOptions = {}): AttackRecipe {
  const { maxWords = 1 } = options;
  checkCounts({ maxWords });
  const stopWords = keepingStopWords(options);
  const edits = [swapNeighbours, deleteCharacter, insertCharacter(), keyboardSlip];
  return wire({
    name: 'pruthi',
    card: pruthiCard,
    parts: {
      goal: untargetedClassification,
      transformation: composite(edits.map((edit) => misspell(edit, { positions: 'all', inside: true }))),
      wordConstraints: [minWordLength(minLength), stopWords.constraint, repeatModification, ...freezing(options)],
      constraints: [maxWordsPerturbed({ words: maxWords })],
      search: greedySearch,
    },
    sources: [used('keyboard', { name: 'rose-keyboard', hash: hashOfTable([...keyboard]) }), stopWords.source],
    thresholds: { maxWords, minLength },
    departures: [stopWords.departure],
    options,
  });
}
