import { z } from 'zod';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { geneticSearch } from '../search/genetic.js';
import { geneticDepartures, geneticSettings, wireGenetic } from './genetic-shared.js';
import { count } from './settings.js';

/** The genetic attack (Alzantot et al. 2018), as TextAttack's `GeneticAlgorithmAlzantot2018` without its language model. */
export const geneticAttack = defineRecipe({
  name: 'genetic',
  title: 'Genetic attack',
  paper:
    'Alzantot, Sharma, Elgohary, Ho, Srivastava, Chang: Generating Natural Language Adversarial Examples. EMNLP 2018, ' +
    'arXiv:1804.07998',
  needs: ['synonyms'],
  settings: z.strictObject({
    ...geneticSettings,
    maxCandidates: count(8, 'Most synonyms tried for a word; as in the paper and TextAttack'),
  }),
  departures: ['no language model: the original keeps the 4 candidates that one likes best', ...geneticDepartures],
  followsTextAttack: true,
  wire: ({ synonyms }, settings) => ({
    ...wireGenetic(synonyms, settings),
    wordConstraints: [repeatModification],
    search: geneticSearch(settings),
  }),
});
