import { z } from 'zod';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { composite } from '../transformations/composite.js';
import { maskedInsert, maskedReplace } from '../transformations/masked-lm.js';
import { count, share } from './settings.js';
import { USE, similarityOf } from './similarity.js';

/**
 * BAE (Garg & Ramakrishnan 2020); operation R as TextAttack's `BAEGarg2019`: what a masked language model reads in a word's
 * place, of the same part of speech. The paper's R+I, both at one word, is not here.
 */
export const bae = defineRecipe({
  name: 'bae',
  title: 'BAE',
  paper:
    'Garg, Ramakrishnan: BAE: BERT-based Adversarial Examples for Text Classification. EMNLP 2020, arXiv:2004.01970',
  needs: ['maskedLanguageModel', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  settings: z.strictObject({
    operation: z
      .enum(['R', 'I', 'R/I'])
      .default('R')
      .describe('R replaces words, I inserts words beside them, R/I takes whichever is better; R as in TextAttack'),
    maxCandidates: count(50, 'Most words tried in a place; as in TextAttack'),
    minConfidence: share(0, 'Smallest probability of a word in its place; as in TextAttack'),
    minSentenceSimilarity: share(
      0.936338023,
      'Smallest cosine of the sentences, with a sentence encoder; as in TextAttack (paper: 0.8)',
    ),
    window: count(15, 'Words around the change that the sentence encoder sees; shorter texts pass; as in TextAttack'),
  }),
  departures: [
    'pieces of words stand for words, as in TextAttack; the authors leave them out',
    'compared with the original text, as in TextAttack; the released code compares with the text before the step',
  ],
  followsTextAttack: true,
  wire({ maskedLanguageModel: model, partOfSpeech, sentenceEncoder }, settings) {
    const { operation, maxCandidates, minConfidence, minSentenceSimilarity, window } = settings;
    const similarity = similarityOf(sentenceEncoder, {
      original: USE,
      minimum: minSentenceSimilarity,
      metric: 'cosine',
      compareWith: 'original',
      window,
    });
    const filling = { model, maxCandidates, minConfidence };
    const inserts = [maskedInsert(filling, 'before'), maskedInsert(filling, 'after')];
    const transformations = {
      R: [maskedReplace(filling)],
      I: inserts,
      'R/I': [maskedReplace(filling), ...inserts],
    }[operation];
    return {
      variant: [operation.toLowerCase().replace('/', '-or-'), model.name, similarity.name],
      goal: untargetedClassification,
      transformation: composite(transformations),
      wordConstraints: [repeatModification],
      constraints: [samePartOfSpeech(partOfSpeech), ...similarity.constraints],
      search: greedyByDeletion,
      idle: similarity.idle,
      departures: [
        `masked language model ${model.name} where TextAttack has bert-base-uncased`,
        ...similarity.departures,
      ],
    };
  },
});
