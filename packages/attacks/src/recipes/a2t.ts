import type { AttackRecipe } from '../attack-recipe.js';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { maxModificationRate, repeatModification } from '../constraints/word-constraints.js';
import { wordEmbeddingCosine } from '../constraints/word-embedding.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { MaskedLanguageModel } from '../resources/masked-language-model.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { greedyByImportance } from '../search/greedy-word-importance.js';
import { byDeletion, byGradient } from '../search/word-importance.js';
import { maskedReplace } from '../transformations/masked-lm.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { similarityOf } from './similarity.js';
import { wire } from './wire.js';

export interface A2TOptions extends CommonOptions {
  /** Synonyms, or a masked language model for the variant A2T-MLM. */
  readonly words: { readonly synonyms: SynonymSource } | { readonly maskedLanguageModel: MaskedLanguageModel };
  readonly partOfSpeech: PartOfSpeechTagger;
  /** Sentence-BERT in the paper. */
  readonly sentenceEncoder?: SentenceEncoder;
  /** How words are ranked: by gradients (default), which only a white-box victim has, or by deletion. */
  readonly importance?: 'gradient' | 'delete';
}

export const a2tCard: RecipeCard<'synonyms' | 'partOfSpeech'> = {
  title: 'A2T',
  paper: 'Yoo, Qi: Towards Improving Adversarial Training of NLP Models. Findings of EMNLP 2021, arXiv:2109.00544',
  needs: ['synonyms', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  whiteBox: true,
  departures: [],
};

const maxCandidates = 20;
const minWordCosine = 0.8;
const maxRate = 0.1;
const minWords = 4;

/**
 * A2T (Yoo & Qi 2021), as TextAttack's `A2TYoo2021`: a cheap attack for adversarial training, words ranked by gradients.
 *
 * @throws InputError (from `attack`) when words are ranked by gradients and the victim gives none.
 */
export function a2t(options: A2TOptions): AttackRecipe {
  const { words, partOfSpeech, importance = 'gradient' } = options;
  const similarity = similarityOf(options.sentenceEncoder, {
    usual: 'stsb-distilbert-base',
    minimum: 0.9,
    metric: 'cosine',
    compareWith: 'original',
  });
  const stopWords = keepingStopWords(options);
  const source = 'synonyms' in words ? words.synonyms : words.maskedLanguageModel;
  const cosine = 'synonyms' in words ? words.synonyms.cosine?.bind(words.synonyms) : undefined;
  return wire({
    name: `a2t-${source.name}-${similarity.name}${importance === 'gradient' ? '' : `-by-${importance}`}`,
    card: a2tCard,
    parts: {
      goal: untargetedClassification,
      transformation:
        'synonyms' in words
          ? synonymSwap(words.synonyms, maxCandidates)
          : maskedReplace({ model: words.maskedLanguageModel, maxCandidates, minConfidence: 0 }),
      wordConstraints: [
        repeatModification,
        stopWords.constraint,
        ...freezing(options),
        maxModificationRate(maxRate, minWords),
      ],
      constraints: [
        ...(cosine ? [wordEmbeddingCosine(cosine, minWordCosine)] : []),
        samePartOfSpeech(partOfSpeech, { verbsForNouns: false }),
        ...similarity.constraints,
      ],
      search: greedyByImportance(importance === 'gradient' ? byGradient : byDeletion),
    },
    sources: [
      used('synonyms' in words ? 'synonyms' : 'masked language model', source),
      used('part of speech', partOfSpeech),
      ...similarity.sources,
      stopWords.source,
    ],
    thresholds: { maxCandidates, maxRate, minWords, ...(cosine && { minWordCosine }), ...similarity.thresholds },
    departures: [
      ...(importance === 'gradient' ? [] : ['words ranked by deletion; the paper ranks them by gradients']),
      ...(source.notes ?? []),
      ...('synonyms' in words && !cosine
        ? ['the word-embedding cosine constraint is not applied: the synonym source has no cosines']
        : []),
      ...(partOfSpeech.notes ?? []),
      ...similarity.departures,
      stopWords.departure,
    ],
    options,
  });
}
