import type { AttackRecipe } from '../attack-recipe.js';
import { composeAttack } from '../compose-attack.js';
import type { AttackParts } from '../compose-attack.js';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { sentenceSimilarity } from '../constraints/sentence-similarity.js';
import { frozenColumns, repeatModification, stopWordModification } from '../constraints/word-constraints.js';
import { wordEmbeddingCosine } from '../constraints/word-embedding-cosine.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import { functionWords, hashOfWords } from '../resources/stop-words.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import { checkFrozenColumns, checkRange, used } from './recipe-options.js';

export interface TextFoolerOptions {
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
  /** Words that stay, compared in their own case; default `functionWords`. */
  readonly stopWords?: ReadonlySet<string>;
  /** Columns (0 or 1) that stay: [0] keeps the premise of an entailment pair. Default none. */
  readonly frozenColumns?: readonly number[];
}

const PAPER =
  'Jin, Jin, Zhou, Szolovits: Is BERT Really Robust? A Strong Baseline for Natural Language Attack on ' +
  'Text Classification and Entailment. AAAI 2020, arXiv:1907.11932';

/**
 * TextFooler (Jin et al., AAAI 2020, arXiv:1907.11932) as TextAttack 0.3 wires it (`TextFoolerJin2019`): words ranked by
 * deletion, swapped for synonyms of the same part of speech while the sentence stays similar.
 * `describe()` names every departure, those of the resources included.
 *
 * @throws InputError for a threshold out of range; from `attack`, for frozen columns that leave nothing to attack.
 */
export function textFooler(options: TextFoolerOptions): AttackRecipe {
  const { synonyms, partOfSpeech, sentenceEncoder: encoder, stopWords = functionWords } = options;
  const { maxCandidates = 50, minWordCosine = 0.5, minSentenceSimilarity = 0.840845057, window = 15 } = options;
  checkRange('maxCandidates', maxCandidates, { from: 1, to: Infinity, whole: true });
  checkRange('minWordCosine', minWordCosine, { from: -1, to: 1 });
  checkRange('minSentenceSimilarity', minSentenceSimilarity, { from: 0, to: 1 });
  checkRange('window', window, { from: 1, to: Infinity, whole: true });
  const frozen = new Set(options.frozenColumns ?? []);
  const cosine = synonyms.cosine?.bind(synonyms);

  const parts: AttackParts = {
    goal: untargetedClassification,
    transformation: synonymSwap(synonyms, maxCandidates),
    wordConstraints: [
      repeatModification,
      stopWordModification(stopWords),
      ...(frozen.size > 0 ? [frozenColumns(frozen)] : []),
    ],
    constraints: [
      ...(cosine ? [wordEmbeddingCosine(cosine, minWordCosine)] : []),
      samePartOfSpeech(partOfSpeech),
      ...(encoder ? [sentenceSimilarity({ encoder, minimum: minSentenceSimilarity, window })] : []),
    ],
    search: greedyByDeletion,
  };
  const attack = composeAttack(parts);
  const name = `textfooler-${synonyms.name}-${encoder?.name ?? 'no-sentence-encoder'}`;

  return {
    name,
    attack(example, context) {
      checkFrozenColumns(example, frozen);
      return attack(example, context);
    },
    describe: () => ({
      recipe: name,
      paper: PAPER,
      goal: parts.goal.name,
      transformation: parts.transformation.name,
      constraints: [...parts.wordConstraints, ...parts.constraints].map((constraint) => constraint.name),
      search: parts.search.name,
      sources: [
        used('synonyms', synonyms),
        used('part of speech', partOfSpeech),
        ...(encoder ? [used('sentence encoder', encoder)] : []),
        used('stop words', { name: nameOfStopWords(stopWords), hash: hashOfWords(stopWords) }),
      ],
      thresholds: {
        maxCandidates,
        ...(cosine && { minWordCosine }),
        ...(encoder && { minSentenceSimilarity, window }),
      },
      frozenColumns: [...frozen],
      departures: departuresOf({ synonyms, partOfSpeech, encoder, stopWords }),
    }),
  };
}

const nameOfStopWords = (stopWords: ReadonlySet<string>) =>
  stopWords === functionWords ? 'rose-function-words' : 'custom';

/** Where this attack is not the paper's, or not TextAttack's. */
function departuresOf(resources: {
  synonyms: SynonymSource;
  partOfSpeech: PartOfSpeechTagger;
  encoder: SentenceEncoder | undefined;
  stopWords: ReadonlySet<string>;
}): readonly string[] {
  const { synonyms, partOfSpeech, encoder, stopWords } = resources;
  return [
    'words ranked by deletion and 1 − p(true), as in TextAttack; the paper adds a bonus where the label flips',
    'equal scores are decided by position in the text and then by text; TextAttack leaves them to an unstable sort',
    'a candidate must be one word',
    ...(synonyms.notes ?? []),
    synonyms.cosine
      ? 'least word cosine 0.5 by default, as the released code behaves; the paper says 0.7'
      : 'the word-embedding cosine constraint is not applied: the synonym source has no cosines',
    ...(partOfSpeech.notes ?? []),
    'the tag compared is that of the changed word; TextAttack reads the first equal word of the window',
    encoder
      ? `sentence encoder ${encoder.name} where TextAttack has universal-sentence-encoder/3`
      : 'no sentence encoder: the sentence-similarity constraint is not applied',
    ...(encoder?.notes ?? []),
    `${stopWords.size} stop words (${nameOfStopWords(stopWords)}) in place of TextFooler's own 266`,
    'no column is frozen unless asked; the original freezes the premise of entailment pairs',
  ];
}
