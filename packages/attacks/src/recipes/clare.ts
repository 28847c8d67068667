import { z } from 'zod';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { greedySearch } from '../search/beam-search.js';
import { composite } from '../transformations/composite.js';
import { maskedInsert, maskedMerge, maskedReplace } from '../transformations/masked-lm.js';
import { count, share } from './settings.js';
import { USE, similarityOf } from './similarity.js';

/** CLARE (Li et al. 2021), as TextAttack's `CLARE2020`: words replaced, inserted and merged by a masked language model. */
export const clare = defineRecipe({
  name: 'clare',
  title: 'CLARE',
  paper:
    'Li, Zhang, Peng, Chen, Brockett, Sun, Dolan: Contextualized Perturbation for Textual Adversarial Attack. NAACL 2021, ' +
    'arXiv:2009.07502',
  needs: ['maskedLanguageModel', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  settings: z.strictObject({
    maxCandidates: count(50, 'Most words tried for each way of changing a place; as in TextAttack'),
    minConfidenceReplace: share(5e-4, 'Smallest probability of a word in the place of another; as in TextAttack'),
    minConfidenceInsert: share(0, 'Smallest probability of a new word; as in TextAttack'),
    minConfidenceMerge: share(5e-3, 'Smallest probability of one word in the place of two; as in TextAttack'),
    minSentenceSimilarity: share(0.7, 'Smallest cosine of the sentences, with a sentence encoder; as in TextAttack'),
    window: count(15, 'Words around the change that the sentence encoder sees; shorter texts pass; as in TextAttack'),
  }),
  departures: ['a merge begins at a word that may be changed; TextAttack merges stop words and changed words as well'],
  followsTextAttack: true,
  wire({ maskedLanguageModel: model, partOfSpeech, sentenceEncoder }, settings) {
    const similarity = similarityOf(sentenceEncoder, {
      original: USE,
      minimum: settings.minSentenceSimilarity,
      metric: 'cosine',
      compareWith: 'original',
      window: settings.window,
    });
    const filling = (minConfidence: number) => ({ model, maxCandidates: settings.maxCandidates, minConfidence });
    return {
      variant: [model.name, similarity.name],
      goal: untargetedClassification,
      transformation: composite([
        maskedReplace(filling(settings.minConfidenceReplace)),
        maskedInsert(filling(settings.minConfidenceInsert)),
        maskedMerge(filling(settings.minConfidenceMerge), partOfSpeech),
      ]),
      wordConstraints: [repeatModification],
      constraints: similarity.constraints,
      search: greedySearch,
      idle: similarity.idle,
      departures: [
        `masked language model ${model.name} where TextAttack has distilroberta-base`,
        ...similarity.departures,
      ],
    };
  },
});
