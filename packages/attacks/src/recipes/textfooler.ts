import type { AttackRecipe } from '../attack-recipe.js';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { wordEmbeddingCosine } from '../constraints/word-embedding.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import type { RecipeCard } from './recipe-card.js';
import { checkCounts, checkRange, checkShares, freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { USE, similarityOf } from './similarity.js';
import { wire } from './wire.js';

export interface TextFoolerOptions extends CommonOptions {
  readonly synonyms: SynonymSource;
  readonly partOfSpeech: PartOfSpeechTagger;
  /** Without one the similarity constraint is not applied, which is another attack and is named so. */
  readonly sentenceEncoder?: SentenceEncoder;
  /** Synonyms tried a word, default 50. */
  readonly maxCandidates?: number;
  /** Least cosine of word vectors, default 0.5; used where the synonym source has cosines. */
  readonly minWordCosine?: number;
  /** Least angular similarity of sentences, default 0.840845057 = 1 − 0.5/π. */
  readonly minSentenceSimilarity?: number;
  /** Words around the change that the sentence encoder sees, default 15; shorter texts pass. */
  readonly window?: number;
}

export const textFoolerCard: RecipeCard<'synonyms' | 'partOfSpeech'> = {
  title: 'TextFooler',
  paper:
    'Jin, Jin, Zhou, Szolovits: Is BERT Really Robust? A Strong Baseline for Natural Language Attack on ' +
    'Text Classification and Entailment. AAAI 2020, arXiv:1907.11932',
  needs: ['synonyms', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  departures: [
    'words ranked by deletion and 1 − p(true), as in TextAttack; the paper adds a bonus where the label flips',
    'a candidate must be one word',
    'the tag compared is that of the changed word; TextAttack reads the first equal word of the window',
  ],
};

/**
 * TextFooler (Jin et al., AAAI 2020, arXiv:1907.11932) as TextAttack 0.3 wires it (`TextFoolerJin2019`): words ranked by
 * deletion, swapped for synonyms of the same part of speech while the sentence stays similar.
 * `describe()` names every departure, those of the resources included.
 *
 * @throws InputError for a threshold out of range; from `attack`, for frozen columns that leave nothing to attack.
 */
export function textFooler(options: TextFoolerOptions): AttackRecipe {
  const { synonyms, partOfSpeech, maxCandidates = 50, minWordCosine = 0.5, window = 15 } = options;
  const { minSentenceSimilarity = 0.840845057 } = options;
  checkCounts({ maxCandidates, window });
  checkRange('minWordCosine', minWordCosine, { from: -1, to: 1 });
  checkShares({ minSentenceSimilarity });
  const cosine = synonyms.cosine?.bind(synonyms);
  const similarity = similarityOf(options.sentenceEncoder, { usual: USE, minimum: minSentenceSimilarity, window });
  const stopWords = keepingStopWords(options, "TextFooler's own 266");

  return wire({
    name: `textfooler-${synonyms.name}-${similarity.name}`,
    card: textFoolerCard,
    parts: {
      goal: untargetedClassification,
      transformation: synonymSwap(synonyms, maxCandidates),
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: [
        ...(cosine ? [wordEmbeddingCosine(cosine, minWordCosine)] : []),
        samePartOfSpeech(partOfSpeech),
        ...similarity.constraints,
      ],
      search: greedyByDeletion,
    },
    sources: [
      used('synonyms', synonyms),
      used('part of speech', partOfSpeech),
      ...similarity.sources,
      stopWords.source,
    ],
    thresholds: { maxCandidates, ...(cosine && { minWordCosine }), ...similarity.thresholds },
    departures: [
      ...(synonyms.notes ?? []),
      cosine
        ? 'least word cosine 0.5 by default, as the released code behaves; the paper says 0.7'
        : 'the word-embedding cosine constraint is not applied: the synonym source has no cosines',
      ...(partOfSpeech.notes ?? []),
      ...similarity.departures,
      stopWords.departure,
    ],
    options,
  });
}
