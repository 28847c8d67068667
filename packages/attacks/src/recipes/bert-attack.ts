import { z } from 'zod';
import { maxWordsPerturbed } from '../constraints/max-words-perturbed.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { greedyByImportance } from '../search/greedy-word-importance.js';
import { byUnknownToken } from '../search/word-importance.js';
import { maskedReconstruction } from '../transformations/masked-reconstruction.js';
import { count, share } from './settings.js';
import { USE, similarityOf } from './similarity.js';

/**
 * BERT-Attack (Li et al. 2020), as TextAttack's `BERTAttackLi2020`: what a masked language model predicts for a word that it
 * sees. The model must be one that looks at unmasked words (`reconstruct`).
 */
export const bertAttack = defineRecipe({
  name: 'bert-attack',
  title: 'BERT-Attack',
  paper: 'Li, Ma, Guo, Xue, Qiu: BERT-ATTACK: Adversarial Attack Against BERT Using BERT. EMNLP 2020, arXiv:2004.09984',
  needs: ['maskedLanguageModel'],
  uses: ['sentenceEncoder'],
  settings: z.strictObject({
    maxCandidates: count(8, 'Most words tried in a place; as in TextAttack since 0.3.11 (paper: 48)'),
    maxShare: share(0.4, 'Largest share of the words that may be changed; as in the released code and TextAttack'),
    minSentenceSimilarity: share(0.2, 'Smallest cosine of the texts, with a sentence encoder; as in TextAttack'),
  }),
  departures: [
    'as many candidates by default as in TextAttack; the authors take 48',
    'for words of several tokens the likeliest combinations, as in the paper; TextAttack takes the first that come',
    'words ranked with "[UNK]" in their place, as in TextAttack; the paper says [MASK]',
    'no antonym filter, as in TextAttack; the released code drops antonyms in sentiment tasks',
  ],
  followsTextAttack: true,
  wire({ maskedLanguageModel: model, sentenceEncoder }, { maxCandidates, maxShare, minSentenceSimilarity }) {
    const similarity = similarityOf(sentenceEncoder, {
      original: USE,
      minimum: minSentenceSimilarity,
      metric: 'cosine',
      compareWith: 'original',
    });
    return {
      variant: [model.name, similarity.name],
      goal: untargetedClassification,
      transformation: maskedReconstruction(model, maxCandidates),
      wordConstraints: [repeatModification],
      constraints: [maxWordsPerturbed({ share: maxShare }), ...similarity.constraints],
      search: greedyByImportance(byUnknownToken),
      idle: similarity.idle,
      departures: [
        `masked language model ${model.name} where TextAttack has bert-base-uncased`,
        ...similarity.departures,
      ],
    };
  },
});
