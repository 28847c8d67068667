import { z } from 'zod';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { used } from '../attack/recipe-resources.js';
import { contractions } from '../resources/contractions.js';
import { hashOfTable } from '../resources/resource.js';
import { hashOfNameLists } from '../resources/name-lists.js';
import { greedySearch } from '../search/beam-search.js';
import { changeLocation, changePersonName } from '../transformations/change-name.js';
import { changeNumber } from '../transformations/change-number.js';
import { composite } from '../transformations/composite.js';
import { contractPairs, extendContractions } from '../transformations/contractions.js';
import { count } from './settings.js';

/** CheckList's invariance tests (Ribeiro et al. 2020), as TextAttack's `CheckList2020`: what should change no label. */
export const checkList = defineRecipe({
  name: 'checklist',
  title: 'CheckList',
  paper:
    'Ribeiro, Wu, Guestrin, Singh: Beyond Accuracy: Behavioral Testing of NLP Models with CheckList. ACL 2020, ' +
    'arXiv:2005.04118',
  settings: z.strictObject({
    maxNames: count(3, 'Most other names tried for a name; as in TextAttack'),
    maxNumbers: count(3, 'Most other numbers tried for a number; as in TextAttack'),
  }),
  departures: [
    "names and places are those of this project's small lists, in their own case; TextAttack finds them with a tagger",
    'first names keep to women or men; TextAttack mixes them',
    'numbers of several words ("two hundred") are not read as one',
    'contractions are found in any place and with a capital as well; TextAttack, through a slip, mostly at the start',
  ],
  followsTextAttack: true,
  keepsStopWords: false,
  wire: (_, { maxNames, maxNumbers }) => ({
    goal: untargetedClassification,
    transformation: composite([
      extendContractions,
      contractPairs,
      changePersonName(maxNames),
      changeNumber(maxNumbers),
      changeLocation(maxNames),
    ]),
    wordConstraints: [repeatModification],
    constraints: [],
    search: greedySearch,
    tables: [
      used('names', { name: 'rose-name-lists', hash: hashOfNameLists() }),
      used('contractions', { name: 'rose-contractions', hash: hashOfTable([...contractions]) }),
    ],
  }),
});
