import type { AttackRecipe } from '../attack-recipe.js';
import { noNewGrammarErrors } from '../constraints/grammar.js';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { wordEmbeddingCosine } from '../constraints/word-embedding.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { GrammarChecker } from '../resources/grammar-checker.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { similarityOf } from './similarity.js';
import { wire } from './wire.js';

export interface TFAdjustedOptions extends CommonOptions {
  readonly synonyms: SynonymSource;
  readonly partOfSpeech: PartOfSpeechTagger;
  readonly sentenceEncoder?: SentenceEncoder;
  /** Without one, grammar is not looked at. */
  readonly grammar?: GrammarChecker;
}

export const tfAdjustedCard: RecipeCard<'synonyms' | 'partOfSpeech'> = {
  title: 'TFAdjusted',
  paper:
    'Morris, Lifland, Lanchantin, Ji, Qi: Reevaluating Adversarial Examples in Natural Language. Findings of EMNLP 2020, ' +
    'arXiv:2004.14174',
  needs: ['synonyms', 'partOfSpeech'],
  uses: ['sentenceEncoder', 'grammar'],
  departures: ['the part of speech is asked before the sentence encoder; the original does it the other way round'],
};

const maxCandidates = 50;
const minWordCosine = 0.9;

/**
 * TFAdjusted (Morris et al. 2020): TextFooler with constraints that people agree with: word cosine 0.9, sentence cosine
 * 0.98 (short texts as well), and no new grammatical errors.
 */
export function tfAdjusted(options: TFAdjustedOptions): AttackRecipe {
  const { synonyms, partOfSpeech, grammar } = options;
  const cosine = synonyms.cosine?.bind(synonyms);
  const similarity = similarityOf(options.sentenceEncoder, {
    usual: 'BERT fine-tuned for similarity',
    minimum: 0.98,
    metric: 'cosine',
    window: 15,
    skipShort: false,
  });
  const stopWords = keepingStopWords(options);
  return wire({
    name: `tfadjusted-${synonyms.name}-${similarity.name}-${grammar?.name ?? 'no-grammar-checker'}`,
    card: tfAdjustedCard,
    parts: {
      goal: untargetedClassification,
      transformation: synonymSwap(synonyms, maxCandidates),
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: [
        ...(cosine ? [wordEmbeddingCosine(cosine, minWordCosine)] : []),
        samePartOfSpeech(partOfSpeech),
        ...similarity.constraints,
        ...(grammar ? [noNewGrammarErrors(grammar)] : []),
      ],
      search: greedyByDeletion,
    },
    sources: [
      used('synonyms', synonyms),
      used('part of speech', partOfSpeech),
      ...similarity.sources,
      ...(grammar ? [used('grammar', grammar)] : []),
      stopWords.source,
    ],
    thresholds: { maxCandidates, ...(cosine && { minWordCosine }), ...similarity.thresholds },
    departures: [
      ...(synonyms.notes ?? []),
      ...(cosine ? [] : ['the word-embedding cosine constraint is not applied: the synonym source has no cosines']),
      ...(partOfSpeech.notes ?? []),
      ...similarity.departures,
      ...(grammar
        ? [`grammar checker ${grammar.name} where the original has LanguageTool`, ...(grammar.notes ?? [])]
        : ['no grammar checker: new grammatical errors are not refused']),
      stopWords.departure,
    ],
    options,
  });
}
