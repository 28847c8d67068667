import type { AttackRecipe } from '../attack-recipe.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { contractions } from '../resources/contractions.js';
import { hashOfTable } from '../resources/hash-of-table.js';
import { hashOfNameLists } from '../resources/name-lists.js';
import { greedySearch } from '../search/beam-search.js';
import { changeLocation, changePersonName } from '../transformations/change-name.js';
import { changeNumber } from '../transformations/change-number.js';
import { composite } from '../transformations/composite.js';
import { contractPairs, extendContractions } from '../transformations/contractions.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { wire } from './wire.js';

export const checkListCard: RecipeCard<never> = {
  title: 'CheckList',
  paper:
    'Ribeiro, Wu, Guestrin, Singh: Beyond Accuracy: Behavioral Testing of NLP Models with CheckList. ACL 2020, ' +
    'arXiv:2005.04118',
  needs: [],
  uses: [],
  departures: [
    "names and places are those of this project's small lists, in their own case; TextAttack finds them with a tagger",
    'first names keep to women or men; TextAttack mixes them',
    'numbers of several words ("two hundred") are not read as one',
    'contractions are found in any place and with a capital as well; TextAttack, through a slip, mostly at the start',
  ],
};

/** CheckList's invariance tests (Ribeiro et al. 2020), as TextAttack's `CheckList2020`: what should change no label. */
export function checkList(options: Pick<CommonOptions, 'frozenColumns'> = {}): AttackRecipe {
  return wire({
    name: 'checklist',
    card: checkListCard,
    parts: {
      goal: untargetedClassification,
      transformation: composite([extendContractions, contractPairs, changePersonName, changeNumber, changeLocation]),
      wordConstraints: [repeatModification, ...freezing(options)],
      constraints: [],
      search: greedySearch,
    },
    sources: [
      used('names', { name: 'rose-name-lists', hash: hashOfNameLists() }),
      used('contractions', { name: 'rose-contractions', hash: hashOfTable([...contractions]) }),
    ],
    departures: [],
    options,
  });
}
