import { z } from 'zod';
import { maxWordsPerturbed } from '../constraints/max-words-perturbed.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../define-recipe.js';
import type { Wiring } from '../define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { geneticSearch, improvedGeneticSearch } from '../search/genetic.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import { nearByDistance } from './word-vectors.js';

const SHARED = [
  'parents are drawn in favour of the higher score, as in the paper; the sign in TextAttack favours the lower',
  'a child must meet the constraints; TextAttack does not look, so that more than 20 % of the words may change',
  'a word that cannot be changed for the better is not drawn again for the same text',
];

/** What both attacks can be set to, beside what differs in its default. */
const shared = {
  population: z.int().min(2).default(60).describe('Texts in a generation; as in TextAttack'),
  generations: z.int().min(1).default(20).describe('Generations at most; as in TextAttack'),
  maxShare: z.number().min(0).max(1).default(0.2).describe('Share of the words changed at most; as in TextAttack'),
  maxSquaredDistance: z
    .number()
    .min(0)
    .default(0.5)
    .describe(
      "Most squared distance of a word from the one before, where the synonyms' source has vectors; as in TextAttack",
    ),
};

interface SharedSettings extends z.output<z.ZodObject<typeof shared>> {
  readonly maxCandidates: number;
}

/** What both attacks have in common. */
function wireShared(
  synonyms: SynonymSource,
  { maxCandidates, maxShare, maxSquaredDistance }: SharedSettings,
): Omit<Wiring, 'search' | 'wordConstraints'> {
  const near = nearByDistance(synonyms, maxSquaredDistance);
  return {
    variant: [synonyms.name],
    goal: untargetedClassification,
    transformation: synonymSwap(synonyms, maxCandidates),
    constraints: [maxWordsPerturbed({ share: maxShare }), ...near.constraints],
    idle: near.idle,
    departures: near.departures,
  };
}

/** The genetic attack (Alzantot et al. 2018), as TextAttack's `GeneticAlgorithmAlzantot2018` without its language model. */
export const geneticAttack = defineRecipe({
  name: 'genetic',
  title: 'Genetic attack',
  paper:
    'Alzantot, Sharma, Elgohary, Ho, Srivastava, Chang: Generating Natural Language Adversarial Examples. EMNLP 2018, ' +
    'arXiv:1804.07998',
  needs: ['synonyms'],
  settings: z.strictObject({
    ...shared,
    maxCandidates: z
      .int()
      .min(1)
      .default(8)
      .describe('Synonyms tried for a word at most; as in the paper and TextAttack'),
  }),
  departures: ['no language model: the original keeps the 4 candidates that one likes best', ...SHARED],
  followsTextAttack: true,
  wire: ({ synonyms }, settings) => ({
    ...wireShared(synonyms, settings),
    wordConstraints: [repeatModification],
    search: geneticSearch(settings),
  }),
});

/** The improved genetic attack, IGA (Wang et al. 2019), as TextAttack's `IGAWang2019`. */
export const improvedGeneticAttack = defineRecipe({
  name: 'iga',
  title: 'IGA',
  paper: 'Wang, Jin, He: Natural Language Adversarial Attacks and Defenses in Word Level. 2019, arXiv:1909.06723',
  needs: ['synonyms'],
  settings: z.strictObject({
    ...shared,
    maxCandidates: z.int().min(1).default(50).describe('Synonyms tried for a word at most; as in TextAttack'),
    changesPerWord: z.int().min(1).default(5).describe('Changes of one word at most; as in TextAttack'),
  }),
  departures: [
    'the first generation tries each word once; TextAttack repeats the same queries where nothing is gained',
    ...SHARED,
  ],
  followsTextAttack: true,
  wire: ({ synonyms }, settings) => ({
    ...wireShared(synonyms, settings),
    wordConstraints: [],
    search: improvedGeneticSearch(settings),
  }),
});
