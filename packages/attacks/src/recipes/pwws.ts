import type { AttackRecipe } from '../attack-recipe.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { hashOfNameLists } from '../resources/name-lists.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { greedyByImportance } from '../search/greedy-word-importance.js';
import { byWeightedSaliency } from '../search/word-importance.js';
import { changeLocation, changePersonName } from '../transformations/change-name.js';
import { composite } from '../transformations/composite.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { wire } from './wire.js';

export interface PwwsOptions extends CommonOptions {
  /** WordNet in the paper. */
  readonly synonyms: SynonymSource;
  /** Also swaps names that stand on this project's lists, default false. */
  readonly namedEntities?: boolean;
}

export const pwwsCard: RecipeCard<'synonyms'> = {
  title: 'PWWS',
  paper:
    'Ren, Deng, He, Che: Generating Natural Language Adversarial Examples through Probability Weighted Word Saliency. ' +
    'ACL 2019, P19-1103',
  needs: ['synonyms'],
  uses: [],
  departures: [
    'saliency times the score that the best swap reaches, as in TextAttack; the paper has its rise',
    'synonyms take the case of the word; TextAttack puts them in as WordNet has them',
  ],
};

/** PWWS (Ren et al. 2019), as TextAttack's `PWWSRen2019`: WordNet synonyms, words by saliency times what a swap achieves. */
export function pwws(options: PwwsOptions): AttackRecipe {
  const { synonyms, namedEntities = false } = options;
  const stopWords = keepingStopWords(options);
  const swaps = synonymSwap(synonyms, Infinity);
  return wire({
    name: `pwws-${synonyms.name}${namedEntities ? '-names' : ''}`,
    card: pwwsCard,
    parts: {
      goal: untargetedClassification,
      transformation: namedEntities ? composite([swaps, changePersonName, changeLocation]) : swaps,
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: [],
      search: greedyByImportance(byWeightedSaliency),
    },
    sources: [
      used('synonyms', synonyms),
      ...(namedEntities ? [used('names', { name: 'rose-name-lists', hash: hashOfNameLists() })] : []),
      stopWords.source,
    ],
    departures: [
      namedEntities
        ? "names from this project's lists; the paper takes the most frequent ones of the other classes' training texts"
        : 'no named-entity swap, as in TextAttack; the paper swaps names for the most frequent ones of other classes',
      ...(synonyms.notes ?? []),
      stopWords.departure,
    ],
    options,
  });
}
