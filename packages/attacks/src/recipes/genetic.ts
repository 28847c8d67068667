import type { AttackRecipe } from '../attack-recipe.js';
import { maxWordsPerturbed } from '../constraints/max-words-perturbed.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { wordEmbeddingDistance } from '../constraints/word-embedding.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { geneticSearch, improvedGeneticSearch } from '../search/genetic.js';
import type { SearchMethod } from '../search/search-method.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { wire } from './wire.js';

export interface GeneticAttackOptions extends CommonOptions {
  readonly synonyms: SynonymSource;
}

const SHARED = [
  'parents are drawn in favour of the higher score, as in the paper; the sign in TextAttack favours the lower',
  'a child must meet the constraints; TextAttack does not look, so that more than 20 % of the words may change',
  'a word that cannot be changed for the better is not drawn again for the same text',
];

export const geneticCard: RecipeCard<'synonyms'> = {
  title: 'Genetic attack',
  paper:
    'Alzantot, Sharma, Elgohary, Ho, Srivastava, Chang: Generating Natural Language Adversarial Examples. EMNLP 2018, ' +
    'arXiv:1804.07998',
  needs: ['synonyms'],
  uses: [],
  departures: ['no language model: the original keeps the 4 candidates that one likes best', ...SHARED],
};

export const improvedGeneticCard: RecipeCard<'synonyms'> = {
  title: 'IGA',
  paper: 'Wang, Jin, He: Natural Language Adversarial Attacks and Defenses in Word Level. 2019, arXiv:1909.06723',
  needs: ['synonyms'],
  uses: [],
  departures: [
    'the first generation tries each word once; TextAttack repeats the same queries where nothing is gained',
    ...SHARED,
  ],
};

const maxShare = 0.2;
const maxSquaredDistance = 0.5;

interface Variant {
  readonly name: string;
  readonly card: RecipeCard;
  readonly maxCandidates: number;
  readonly search: SearchMethod;
  readonly repeats: boolean;
}

function wireVariant(variant: Variant, options: GeneticAttackOptions): AttackRecipe {
  const { synonyms } = options;
  const { name, card, maxCandidates, search, repeats } = variant;
  const stopWords = keepingStopWords(options);
  const distance = synonyms.squaredDistance?.bind(synonyms);
  const near = distance ? [wordEmbeddingDistance(distance, maxSquaredDistance, { compareWith: 'current' })] : [];
  return wire({
    name: `${name}-${synonyms.name}`,
    card,
    parts: {
      goal: untargetedClassification,
      transformation: synonymSwap(synonyms, maxCandidates),
      wordConstraints: [...(repeats ? [] : [repeatModification]), stopWords.constraint, ...freezing(options)],
      constraints: [maxWordsPerturbed({ share: maxShare }), ...near],
      search,
    },
    sources: [used('synonyms', synonyms), stopWords.source],
    thresholds: { maxCandidates, maxShare, ...(distance && { maxSquaredDistance }) },
    departures: [
      ...(synonyms.notes ?? []),
      ...(distance ? [] : ['the word-embedding distance constraint is not applied: the synonym source has no vectors']),
      stopWords.departure,
    ],
    options,
  });
}

/** The genetic attack (Alzantot et al. 2018), as TextAttack's `GeneticAlgorithmAlzantot2018` without its language model. */
export function geneticAttack(options: GeneticAttackOptions): AttackRecipe {
  const variant: Variant = {
    name: 'genetic',
    card: geneticCard,
    maxCandidates: 8,
    search: geneticSearch(),
    repeats: false,
  };
  return wireVariant(variant, options);
}

/** The improved genetic attack, IGA (Wang et al. 2019), as TextAttack's `IGAWang2019`. */
export function improvedGeneticAttack(options: GeneticAttackOptions): AttackRecipe {
  const variant: Variant = {
    name: 'iga',
    card: improvedGeneticCard,
    maxCandidates: 50,
    search: improvedGeneticSearch(),
    repeats: true,
  };
  return wireVariant(variant, options);
}
