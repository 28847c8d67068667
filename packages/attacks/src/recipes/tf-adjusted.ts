import { z } from 'zod';
import { noNewGrammarErrors } from '../constraints/grammar.js';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import { cosine, count, share } from './settings.js';
import { similarityOf } from './similarity.js';
import { nearByCosine } from './word-vectors.js';

/**
 * TFAdjusted (Morris et al. 2020): TextFooler with constraints that people agree with: near words, near sentences (short
 * texts as well), and no new grammatical errors.
 */
export const tfAdjusted = defineRecipe({
  name: 'tfadjusted',
  title: 'TFAdjusted',
  paper:
    'Morris, Lifland, Lanchantin, Ji, Qi: Reevaluating Adversarial Examples in Natural Language. Findings of EMNLP 2020, ' +
    'arXiv:2004.14174',
  needs: ['synonyms', 'partOfSpeech'],
  uses: ['sentenceEncoder', 'grammar'],
  settings: z.strictObject({
    maxCandidates: count(50, 'Most synonyms tried for a word; as in TextFooler'),
    minWordCosine: cosine(
      0.9,
      'Smallest cosine of a word and its synonym, where the synonyms come with vectors; as in the paper',
    ),
    minSentenceSimilarity: share(0.98, 'Smallest cosine of the sentences, with a sentence encoder; as in the paper'),
    window: count(15, 'Words around the change that the sentence encoder sees; as in TextFooler'),
  }),
  departures: ['the part of speech is asked before the sentence encoder; the original does it the other way round'],
  followsTextAttack: true,
  wire({ synonyms, partOfSpeech, sentenceEncoder, grammar }, settings) {
    const near = nearByCosine(synonyms, settings.minWordCosine);
    const similarity = similarityOf(sentenceEncoder, {
      original: 'BERT fine-tuned for similarity',
      minimum: settings.minSentenceSimilarity,
      metric: 'cosine',
      window: settings.window,
      skipShort: false,
    });
    return {
      variant: [synonyms.name, similarity.name, grammar?.name ?? 'no-grammar-checker'],
      goal: untargetedClassification,
      transformation: synonymSwap(synonyms, settings.maxCandidates),
      wordConstraints: [repeatModification],
      constraints: [
        ...near.constraints,
        samePartOfSpeech(partOfSpeech),
        ...similarity.constraints,
        ...(grammar ? [noNewGrammarErrors(grammar)] : []),
      ],
      search: greedyByDeletion,
      idle: [...near.idle, ...similarity.idle],
      departures: [
        ...near.departures,
        ...similarity.departures,
        grammar
          ? `grammar checker ${grammar.name} where the original has LanguageTool`
          : 'no grammar checker: new grammatical errors are not refused',
      ],
    };
  },
});
