import { z } from 'zod';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { used } from '../attack/recipe-resources.js';
import { hashOfNameLists } from '../resources/name-lists.js';
import { greedyByImportance } from '../search/greedy-word-importance.js';
import { byWeightedSaliency } from '../search/word-importance.js';
import { changeLocation, changePersonName } from '../transformations/change-name.js';
import { composite } from '../transformations/composite.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import { count, optionalCount } from './settings.js';

/** PWWS (Ren et al. 2019), as TextAttack's `PWWSRen2019`: WordNet synonyms, words by saliency times what a swap achieves. */
export const pwws = defineRecipe({
  name: 'pwws',
  title: 'PWWS',
  paper:
    'Ren, Deng, He, Che: Generating Natural Language Adversarial Examples through Probability Weighted Word Saliency. ' +
    'ACL 2019, P19-1103',
  needs: ['synonyms'],
  settings: z.strictObject({
    maxCandidates: optionalCount('Most synonyms tried for a word; all unless set; as in the paper'),
    namedEntities: z
      .boolean()
      .default(false)
      .describe("Whether names on this project's lists are swapped as well; TextAttack does not, the paper does"),
    maxNames: count(3, "Most other names tried for a name; as many as CheckList's (TextAttack has no such swap)"),
  }),
  departures: [
    'saliency times the score that the best swap reaches, as in TextAttack; the paper has its rise',
    'synonyms take the case of the word; TextAttack puts them in as WordNet has them',
  ],
  followsTextAttack: true,
  wire({ synonyms }, { maxCandidates = Infinity, namedEntities, maxNames }) {
    const swaps = synonymSwap(synonyms, maxCandidates);
    return {
      variant: [synonyms.name, ...(namedEntities ? ['names'] : [])],
      goal: untargetedClassification,
      transformation: namedEntities ? composite([swaps, changePersonName(maxNames), changeLocation(maxNames)]) : swaps,
      wordConstraints: [repeatModification],
      constraints: [],
      search: greedyByImportance(byWeightedSaliency),
      tables: namedEntities ? [used('names', { name: 'rose-name-lists', hash: hashOfNameLists() })] : [],
      idle: namedEntities ? [] : ['maxNames'],
      departures: [
        namedEntities
          ? "names from this project's lists; the paper takes the most frequent ones of the other classes' training texts"
          : 'no named-entity swap, as in TextAttack; the paper swaps names for the most frequent ones of other classes',
      ],
    };
  },
});
