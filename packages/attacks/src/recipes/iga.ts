import { z } from 'zod';
import { defineRecipe } from '../attack/define-recipe.js';
import { improvedGeneticSearch } from '../search/genetic.js';
import { geneticDepartures, geneticSettings, wireGenetic } from './genetic-shared.js';
import { count } from './settings.js';

/** The improved genetic attack, IGA (Wang et al. 2019), as TextAttack's `IGAWang2019`. */
export const improvedGeneticAttack = defineRecipe({
  name: 'iga',
  title: 'IGA',
  paper: 'Wang, Jin, He: Natural Language Adversarial Attacks and Defenses in Word Level. 2019, arXiv:1909.06723',
  needs: ['synonyms'],
  settings: z.strictObject({
    ...geneticSettings,
    maxCandidates: count(50, 'Most synonyms tried for a word; as in TextAttack'),
    changesPerWord: count(5, 'Most changes of one word; as in TextAttack'),
  }),
  departures: [
    'the first generation tries each word once; TextAttack repeats the same queries where nothing is gained',
    ...geneticDepartures,
  ],
  followsTextAttack: true,
  wire: ({ synonyms }, settings) => ({
    ...wireGenetic(synonyms, settings),
    wordConstraints: [],
    search: improvedGeneticSearch(settings),
  }),
});
