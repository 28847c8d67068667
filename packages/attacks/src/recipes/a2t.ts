import { z } from 'zod';
import { defineRecipe } from '../attack/define-recipe.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import { A2T_PAPER, a2tSettings, wireA2t } from './a2t-shared.js';
import { cosine } from './settings.js';
import { nearByCosine } from './word-vectors.js';

/**
 * A2T (Yoo & Qi 2021), as TextAttack's `A2TYoo2021`: a cheap attack for adversarial training, words ranked by gradients.
 * With a victim that gives none, its attack throws an InputError unless words are ranked by deletion.
 */
export const a2t = defineRecipe({
  name: 'a2t',
  title: 'A2T',
  paper: A2T_PAPER,
  needs: ['synonyms', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  settings: z.strictObject({
    ...a2tSettings,
    minWordCosine: cosine(
      0.8,
      'Smallest cosine of a word and its synonym, where the synonyms come with vectors; as in TextAttack',
    ),
  }),
  whiteBox: true,
  followsTextAttack: true,
  wire: ({ synonyms, ...given }, settings) =>
    wireA2t(
      {
        name: synonyms.name,
        transformation: synonymSwap(synonyms, settings.maxCandidates),
        near: nearByCosine(synonyms, settings.minWordCosine),
      },
      given,
      settings,
    ),
});
