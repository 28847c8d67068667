import type { AttackRecipe } from '../attack-recipe.js';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { MaskedLanguageModel } from '../resources/masked-language-model.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { composite } from '../transformations/composite.js';
import { maskedInsert, maskedReplace } from '../transformations/masked-lm.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { USE, similarityOf } from './similarity.js';
import { wire } from './wire.js';

export interface BaeOptions extends CommonOptions {
  readonly maskedLanguageModel: MaskedLanguageModel;
  readonly partOfSpeech: PartOfSpeechTagger;
  readonly sentenceEncoder?: SentenceEncoder;
  /** R replaces words (default), I inserts words beside them, R/I takes whichever is better. */
  readonly operation?: 'R' | 'I' | 'R/I';
}

export const baeCard: RecipeCard<'maskedLanguageModel' | 'partOfSpeech'> = {
  title: 'BAE',
  paper:
    'Garg, Ramakrishnan: BAE: BERT-based Adversarial Examples for Text Classification. EMNLP 2020, arXiv:2004.01970',
  needs: ['maskedLanguageModel', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  departures: [
    'pieces of words stand for words, as in TextAttack; the authors leave them out',
    'compared with the original text, as in TextAttack; the released code compares with the text before the step',
  ],
};

const maxCandidates = 50;

/**
 * BAE (Garg & Ramakrishnan 2020); operation R as TextAttack's `BAEGarg2019`: what a masked language model reads in a word's
 * place, of the same part of speech. The paper's R+I, both at one word, is not here.
 */
export function bae(options: BaeOptions): AttackRecipe {
  const { maskedLanguageModel: model, partOfSpeech, operation = 'R' } = options;
  const similarity = similarityOf(options.sentenceEncoder, {
    usual: USE,
    minimum: 0.936338023,
    metric: 'cosine',
    compareWith: 'original',
    window: 15,
  });
  const stopWords = keepingStopWords(options);
  const filling = { model, maxCandidates, minConfidence: 0 };
  const inserts = [maskedInsert(filling, 'before'), maskedInsert(filling, 'after')];
  const transformations = {
    R: [maskedReplace(filling)],
    I: inserts,
    'R/I': [maskedReplace(filling), ...inserts],
  }[operation];
  return wire({
    name: `bae-${operation.toLowerCase().replace('/', '-or-')}-${model.name}-${similarity.name}`,
    card: baeCard,
    parts: {
      goal: untargetedClassification,
      transformation: composite(transformations),
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: [samePartOfSpeech(partOfSpeech), ...similarity.constraints],
      search: greedyByDeletion,
    },
    sources: [
      used('masked language model', model),
      used('part of speech', partOfSpeech),
      ...similarity.sources,
      stopWords.source,
    ],
    thresholds: { maxCandidates, ...similarity.thresholds },
    departures: [
      `masked language model ${model.name} where TextAttack has bert-base-uncased`,
      ...(model.notes ?? []),
      ...(partOfSpeech.notes ?? []),
      ...similarity.departures,
      stopWords.departure,
    ],
    options,
  });
}
