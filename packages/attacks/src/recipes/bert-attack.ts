import type { AttackRecipe } from '../attack-recipe.js';
import { maxWordsPerturbed } from '../constraints/max-words-perturbed.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { MaskedLanguageModel } from '../resources/masked-language-model.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import { greedyByImportance } from '../search/greedy-word-importance.js';
import { byUnknownToken } from '../search/word-importance.js';
import { maskedReconstruction } from '../transformations/masked-reconstruction.js';
import type { RecipeCard } from './recipe-card.js';
import { checkCounts, freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { USE, similarityOf } from './similarity.js';
import { wire } from './wire.js';

export interface BertAttackOptions extends CommonOptions {
  /** One that looks at unmasked words (`reconstruct`). */
  readonly maskedLanguageModel: MaskedLanguageModel;
  readonly sentenceEncoder?: SentenceEncoder;
  /** Words tried at most, default 8, as in TextAttack since 0.3.11; the authors' 48 costs no more time here than it must. */
  readonly maxCandidates?: number;
}

export const bertAttackCard: RecipeCard<'maskedLanguageModel'> = {
  title: 'BERT-Attack',
  paper: 'Li, Ma, Guo, Xue, Qiu: BERT-ATTACK: Adversarial Attack Against BERT Using BERT. EMNLP 2020, arXiv:2004.09984',
  needs: ['maskedLanguageModel'],
  uses: ['sentenceEncoder'],
  departures: [
    '8 candidates by default, as in TextAttack; the authors take 48',
    'for words of several tokens the likeliest combinations, as in the paper; TextAttack takes the first that come',
    'words ranked with "[UNK]" in their place, as in TextAttack; the paper says [MASK]',
    'no antonym filter, as in TextAttack; the released code drops antonyms in sentiment tasks',
  ],
};

const maxShare = 0.4;

/**
 * BERT-Attack (Li et al. 2020), as TextAttack's `BERTAttackLi2020`: what a masked language model predicts for a word that it
 * sees.
 *
 * @throws InputError when the masked language model cannot look at unmasked words.
 */
export function bertAttack(options: BertAttackOptions): AttackRecipe {
  const { maskedLanguageModel: model, maxCandidates = 8 } = options;
  checkCounts({ maxCandidates });
  const similarity = similarityOf(options.sentenceEncoder, {
    usual: USE,
    minimum: 0.2,
    metric: 'cosine',
    compareWith: 'original',
  });
  const stopWords = keepingStopWords(options);
  return wire({
    name: `bert-attack-${model.name}-${similarity.name}`,
    card: bertAttackCard,
    parts: {
      goal: untargetedClassification,
      transformation: maskedReconstruction(model, maxCandidates),
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: [maxWordsPerturbed({ share: maxShare }), ...similarity.constraints],
      search: greedyByImportance(byUnknownToken),
    },
    sources: [used('masked language model', model), ...similarity.sources, stopWords.source],
    thresholds: { maxCandidates, maxShare, ...similarity.thresholds },
    departures: [
      `masked language model ${model.name} where TextAttack has bert-base-uncased`,
      ...(model.notes ?? []),
      ...similarity.departures,
      stopWords.departure,
    ],
    options,
  });
}
