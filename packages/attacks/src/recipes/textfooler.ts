import { z } from 'zod';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import { cosine, count, share } from './settings.js';
import { USE, similarityOf } from './similarity.js';
import { nearByCosine } from './word-vectors.js';

/**
 * TextFooler (Jin et al. 2020) as TextAttack 0.3 wires it (`TextFoolerJin2019`): words ranked by deletion, swapped for
 * synonyms of the same part of speech while the sentence stays similar.
 */
export const textFooler = defineRecipe({
  name: 'textfooler',
  title: 'TextFooler',
  paper:
    'Jin, Jin, Zhou, Szolovits: Is BERT Really Robust? A Strong Baseline for Natural Language Attack on ' +
    'Text Classification and Entailment. AAAI 2020, arXiv:1907.11932',
  needs: ['synonyms', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  settings: z.strictObject({
    maxCandidates: count(50, 'Most synonyms tried for a word; as in the paper and TextAttack'),
    minWordCosine: cosine(
      0.5,
      'Smallest cosine of a word and its synonym, where the synonyms come with vectors; as in TextAttack (paper: 0.7)',
    ),
    minSentenceSimilarity: share(
      0.840845057,
      'Smallest angular similarity of the sentences, with a sentence encoder; 1 − 0.5/π, as in TextAttack',
    ),
    window: count(
      15,
      'Words around the change that the sentence encoder sees; shorter texts pass; as in the released code and TextAttack',
    ),
  }),
  departures: [
    'words ranked by deletion and 1 − p(true), as in TextAttack; the paper adds a bonus where the label flips',
    'a candidate must be one word',
    'the tag compared is that of the changed word; TextAttack reads the first equal word of the window',
  ],
  followsTextAttack: true,
  originalStopWords: "TextFooler's own 266",
  wire({ synonyms, partOfSpeech, sentenceEncoder }, { maxCandidates, minWordCosine, minSentenceSimilarity, window }) {
    const near = nearByCosine(synonyms, minWordCosine);
    const similarity = similarityOf(sentenceEncoder, { original: USE, minimum: minSentenceSimilarity, window });
    return {
      variant: [synonyms.name, similarity.name],
      goal: untargetedClassification,
      transformation: synonymSwap(synonyms, maxCandidates),
      wordConstraints: [repeatModification],
      constraints: [...near.constraints, samePartOfSpeech(partOfSpeech), ...similarity.constraints],
      search: greedyByDeletion,
      idle: [...near.idle, ...similarity.idle],
      departures: [
        ...near.departures,
        ...(synonyms.cosine
          ? ['smallest word cosine by default as the released code behaves; the paper says 0.7']
          : []),
        ...similarity.departures,
      ],
    };
  },
});
