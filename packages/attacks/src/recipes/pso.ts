import type { AttackRecipe } from '../attack-recipe.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { particleSwarm } from '../search/particle-swarm.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { wire } from './wire.js';

export interface PsoOptions extends CommonOptions {
  /** Words that share their sememes (HowNet) in the paper. */
  readonly synonyms: SynonymSource;
}

export const psoCard: RecipeCard<'synonyms'> = {
  title: 'PSO',
  paper:
    'Zang, Qi, Yang, Liu, Zhang, Liu, Sun: Word-level Textual Adversarial Attacking as Combinatorial Optimization. ' +
    'ACL 2020, arXiv:1910.12196',
  needs: ['synonyms'],
  uses: [],
  departures: [
    'particles fly towards the best texts, as in the released code; TextAttack flies from them to the particle',
  ],
};

/** The particle-swarm attack, SememePSO (Zang et al. 2020), as TextAttack's `PSOZang2020`, with any synonyms. */
export function pso(options: PsoOptions): AttackRecipe {
  const { synonyms } = options;
  const stopWords = keepingStopWords(options);
  return wire({
    name: `pso-${synonyms.name}`,
    card: psoCard,
    parts: {
      goal: untargetedClassification,
      transformation: synonymSwap(synonyms, Infinity),
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: [],
      search: particleSwarm(),
    },
    sources: [used('synonyms', synonyms), stopWords.source],
    departures: [
      `${synonyms.name} in place of words with the same sememes in HowNet`,
      ...(synonyms.notes ?? []),
      stopWords.departure,
    ],
    options,
  });
}
