import { z } from 'zod';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { maxModificationRate, repeatModification } from '../constraints/word-constraints.js';
import type { Wiring } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { ResourcesFor } from '../attack/recipe-resources.js';
import { greedyByImportance } from '../search/greedy-word-importance.js';
import { byDeletion, byGradient } from '../search/word-importance.js';
import type { Transformation } from '../transformations/transformation.js';
import { count, share } from './settings.js';
import { similarityOf } from './similarity.js';
import type { OptionalPart } from './similarity.js';

export const A2T_PAPER =
  'Yoo, Qi: Towards Improving Adversarial Training of NLP Models. Findings of EMNLP 2021, arXiv:2109.00544';

/** What both variants can be set to. */
export const a2tSettings = {
  importance: z
    .enum(['gradient', 'delete'])
    .default('gradient')
    .describe('How words are ranked: by gradients, as in the paper, or by deletion, which any victim allows'),
  maxCandidates: count(20, 'Most words tried in a place; as in TextAttack'),
  maxRate: share(0.1, 'Largest share of the words that may be changed; as in TextAttack'),
  minWords: z
    .int()
    .min(0)
    .default(4)
    .describe('Words that may be changed in a short text, whatever the share; as in TextAttack'),
  minSentenceSimilarity: share(
    0.9,
    'Smallest cosine of the texts, with a sentence encoder (paper: Sentence-BERT); as in TextAttack',
  ),
};

type SharedSettings = z.output<z.ZodObject<typeof a2tSettings>>;

/** Where the words come from. */
interface Source {
  /** Of the words, for the attack's name. */
  readonly name: string;
  readonly transformation: Transformation;
  readonly near?: OptionalPart;
}

/** The attack, whatever its words come from. */
export function wireA2t(
  { name, transformation, near }: Source,
  { partOfSpeech, sentenceEncoder }: ResourcesFor<'partOfSpeech', 'sentenceEncoder'>,
  { importance, maxRate, minWords, minSentenceSimilarity }: SharedSettings,
): Wiring {
  const similarity = similarityOf(sentenceEncoder, {
    original: 'stsb-distilbert-base',
    minimum: minSentenceSimilarity,
    metric: 'cosine',
    compareWith: 'original',
  });
  const byGradients = importance === 'gradient';
  return {
    variant: [name, similarity.name, ...(byGradients ? [] : [`by-${importance}`])],
    goal: untargetedClassification,
    transformation,
    wordConstraints: [repeatModification, maxModificationRate(maxRate, minWords)],
    constraints: [
      ...(near?.constraints ?? []),
      samePartOfSpeech(partOfSpeech, { verbsForNouns: false }),
      ...similarity.constraints,
    ],
    search: greedyByImportance(byGradients ? byGradient : byDeletion),
    idle: [...(near?.idle ?? []), ...similarity.idle],
    departures: [
      ...(byGradients ? [] : ['words ranked by deletion; the paper ranks them by gradients']),
      ...(near?.departures ?? []),
      ...similarity.departures,
    ],
  };
}
