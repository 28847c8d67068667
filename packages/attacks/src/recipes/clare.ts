import type { AttackRecipe } from '../attack-recipe.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { MaskedLanguageModel } from '../resources/masked-language-model.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import { greedySearch } from '../search/beam-search.js';
import { composite } from '../transformations/composite.js';
import { maskedInsert, maskedMerge, maskedReplace } from '../transformations/masked-lm.js';
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { USE, similarityOf } from './similarity.js';
import { wire } from './wire.js';

export interface ClareOptions extends CommonOptions {
  readonly maskedLanguageModel: MaskedLanguageModel;
  /** Says which two words may be merged. */
  readonly partOfSpeech: PartOfSpeechTagger;
  readonly sentenceEncoder?: SentenceEncoder;
}

export const clareCard: RecipeCard<'maskedLanguageModel' | 'partOfSpeech'> = {
  title: 'CLARE',
  paper:
    'Li, Zhang, Peng, Chen, Brockett, Sun, Dolan: Contextualized Perturbation for Textual Adversarial Attack. NAACL 2021, ' +
    'arXiv:2009.07502',
  needs: ['maskedLanguageModel', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  departures: ['a merge begins at a word that may be changed; TextAttack merges stop words and changed words as well'],
};

const maxCandidates = 50;
const minConfidence = { replace: 5e-4, insert: 0, merge: 5e-3 };

/** CLARE (Li et al. 2021), as TextAttack's `CLARE2020`: words replaced, inserted and merged by a masked language model. */
export function clare(options: ClareOptions): AttackRecipe {
  const { maskedLanguageModel: model, partOfSpeech } = options;
  const similarity = similarityOf(options.sentenceEncoder, {
    usual: USE,
    minimum: 0.7,
    metric: 'cosine',
    compareWith: 'original',
    window: 15,
  });
  const stopWords = keepingStopWords(options);
  const filling = (confidence: number) => ({ model, maxCandidates, minConfidence: confidence });
  return wire({
    name: `clare-${model.name}-${similarity.name}`,
    card: clareCard,
    parts: {
      goal: untargetedClassification,
      transformation: composite([
        maskedReplace(filling(minConfidence.replace)),
        maskedInsert(filling(minConfidence.insert)),
        maskedMerge(filling(minConfidence.merge), partOfSpeech),
      ]),
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: similarity.constraints,
      search: greedySearch,
    },
    sources: [
      used('masked language model', model),
      used('part of speech', partOfSpeech),
      ...similarity.sources,
      stopWords.source,
    ],
    thresholds: {
      maxCandidates,
      minConfidenceReplace: minConfidence.replace,
      minConfidenceInsert: minConfidence.insert,
      minConfidenceMerge: minConfidence.merge,
      ...similarity.thresholds,
    },
    departures: [
      `masked language model ${model.name} where TextAttack has distilroberta-base`,
      ...(model.notes ?? []),
      ...(partOfSpeech.notes ?? []),
      ...similarity.departures,
      stopWords.departure,
    ],
    options,
  });
}
