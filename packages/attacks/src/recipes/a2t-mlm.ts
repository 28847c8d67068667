import { z } from 'zod';
import { defineRecipe } from '../attack/define-recipe.js';
import { maskedReplace } from '../transformations/masked-lm.js';
import { A2T_PAPER, a2tSettings, wireA2t } from './a2t-shared.js';
import { share } from './settings.js';

/** A2T-MLM (Yoo & Qi 2021), as TextAttack's `A2TYoo2021` with `mlm`: words of a masked language model in place of synonyms. */
export const a2tMlm = defineRecipe({
  name: 'a2t-mlm',
  title: 'A2T-MLM',
  paper: A2T_PAPER,
  needs: ['maskedLanguageModel', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  settings: z.strictObject({
    ...a2tSettings,
    minConfidence: share(0, 'Smallest probability of a word in its place; as in TextAttack'),
  }),
  whiteBox: true,
  followsTextAttack: true,
  wire: ({ maskedLanguageModel: model, ...given }, settings) =>
    wireA2t(
      {
        name: model.name,
        transformation: maskedReplace({
          model,
          maxCandidates: settings.maxCandidates,
          minConfidence: settings.minConfidence,
        }),
      },
      given,
      settings,
    ),
});
