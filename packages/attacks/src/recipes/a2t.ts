import { z } from 'zod';
import { samePartOfSpeech } from '../constraints/part-of-speech.js';
import { maxModificationRate, repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../define-recipe.js';
import type { Wiring } from '../define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { ResourcesFor } from '../recipe-resources.js';
import { greedyByImportance } from '../search/greedy-word-importance.js';
import { byDeletion, byGradient } from '../search/word-importance.js';
import { maskedReplace } from '../transformations/masked-lm.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import type { Transformation } from '../transformations/transformation.js';
import { similarityOf } from './similarity.js';
import type { OptionalPart } from './similarity.js';
import { nearByCosine } from './word-vectors.js';

const paper = 'Yoo, Qi: Towards Improving Adversarial Training of NLP Models. Findings of EMNLP 2021, arXiv:2109.00544';

/** What both variants can be set to. */
const shared = {
  importance: z
    .enum(['gradient', 'delete'])
    .default('gradient')
    .describe('How words are ranked: by gradients, as in the paper, or by deletion, which any victim allows'),
  maxCandidates: z.int().min(1).default(20).describe('Words tried in a place at most; as in TextAttack'),
  maxRate: z.number().min(0).max(1).default(0.1).describe('Share of the words changed at most; as in TextAttack'),
  minWords: z
    .int()
    .min(0)
    .default(4)
    .describe('Words that may be changed in a short text, whatever the share; as in TextAttack'),
  minSentenceSimilarity: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe('Least cosine of the text, with a sentence encoder (the paper: Sentence-BERT); as in TextAttack'),
};

type SharedSettings = z.output<z.ZodObject<typeof shared>>;

interface Source {
  /** Of the words, for the attack's name. */
  readonly name: string;
  readonly transformation: Transformation;
  readonly near?: OptionalPart;
}

function wireVariant(
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

/**
 * A2T (Yoo & Qi 2021), as TextAttack's `A2TYoo2021`: a cheap attack for adversarial training, words ranked by gradients.
 * With a victim that gives none, its attack throws an InputError unless words are ranked by deletion.
 */
export const a2t = defineRecipe({
  name: 'a2t',
  title: 'A2T',
  paper,
  needs: ['synonyms', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  settings: z.strictObject({
    ...shared,
    minWordCosine: z
      .number()
      .min(-1)
      .max(1)
      .default(0.8)
      .describe("Least cosine of a word and its synonym, where the synonyms' source has vectors; as in TextAttack"),
  }),
  whiteBox: true,
  followsTextAttack: true,
  wire: ({ synonyms, ...given }, settings) =>
    wireVariant(
      {
        name: synonyms.name,
        transformation: synonymSwap(synonyms, settings.maxCandidates),
        near: nearByCosine(synonyms, settings.minWordCosine),
      },
      given,
      settings,
    ),
});

/** A2T-MLM (Yoo & Qi 2021), as TextAttack's `A2TYoo2021` with `mlm`: words of a masked language model in place of synonyms. */
export const a2tMlm = defineRecipe({
  name: 'a2t-mlm',
  title: 'A2T-MLM',
  paper,
  needs: ['maskedLanguageModel', 'partOfSpeech'],
  uses: ['sentenceEncoder'],
  settings: z.strictObject({
    ...shared,
    minConfidence: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('Least probability of a word in its place; as in TextAttack'),
  }),
  whiteBox: true,
  followsTextAttack: true,
  wire: ({ maskedLanguageModel: model, ...given }, settings) =>
    wireVariant(
      {
        name: model.name,
        transformation: maskedReplace({
          model,
          maxCandidates: settings.maxCandidates,
          minConfidence: settings.minConfidence,
        }),
      },
      given,
      settings,
    ),
});
