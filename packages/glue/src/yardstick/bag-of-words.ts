import { RandomStream } from '@rose/foundation';
import type { Example } from '../examples/example.js';
import { accuracy } from '../metrics/accuracy.js';
import { buildVocabulary } from './features.js';
import type { NgramOrder } from './features.js';
import { fitLogisticRegression, logit } from './logistic-regression.js';

export interface BagOfWordsOptions {
  readonly order: NgramOrder;
  /** Strength of the L2 penalty. */
  readonly l2: number;
}

/** Predicts one label id per example. */
export type BagOfWords = (examples: readonly Example[]) => number[];

/** Logistic regression over which words (and pairs of neighbours) occur, for tasks with two labels. */
export function trainBagOfWords(training: readonly Example[], { order, l2 }: BagOfWordsOptions): BagOfWords {
  const vocabulary = buildVocabulary(
    training.map(({ texts }) => texts),
    order,
  );
  const model = fitLogisticRegression(
    training.map(({ texts }) => vocabulary.rowOf(texts)),
    training.map(({ label }) => label),
    { features: vocabulary.size, l2 },
  );
  return (examples) => examples.map(({ texts }) => (logit(model, vocabulary.rowOf(texts)) > 0 ? 1 : 0));
}

const score = (model: BagOfWords, examples: readonly Example[]) =>
  accuracy(
    model(examples),
    examples.map(({ label }) => label),
  );

export interface YardstickOptions {
  readonly order?: NgramOrder;
  /** Parts that the training set is cut into to choose the penalty. */
  readonly folds?: number;
  readonly seed?: number;
  /** The penalties to choose from. */
  readonly strengths?: readonly number[];
}

export interface Yardstick {
  /** Accuracy on the dev set, 0 … 1, of the model trained on all of the training set. */
  readonly accuracy: number;
  /** The penalty that did best in cross-validation on the training set, and how well. */
  readonly l2: number;
  readonly crossValidated: number;
  readonly model: BagOfWords;
}

const defaultStrengths = [0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001];

/**
 * How far words alone go on a task: the accuracy of a bag-of-words logistic regression on the dev set. Its penalty is
 * chosen by k-fold cross-validation on the training set; on a tie the stronger one wins. An encoder should score above
 * this. The same seed gives the same result.
 */
export function measureBagOfWords(
  train: readonly Example[],
  dev: readonly Example[],
  { order = 1, folds = 5, seed = 0, strengths = defaultStrengths }: YardstickOptions = {},
): Yardstick {
  const shuffled = RandomStream.of(seed, 'bag-of-words folds').shuffle(train);
  const inFold = (fold: number) => shuffled.filter((_, i) => i % folds === fold);
  const outOfFold = (fold: number) => shuffled.filter((_, i) => i % folds !== fold);
  const crossValidate = (l2: number) =>
    Array.from({ length: folds }, (_, f) => score(trainBagOfWords(outOfFold(f), { order, l2 }), inFold(f))).reduce(
      (sum, part) => sum + part,
      0,
    ) / folds;

  const ranked = strengths.map((l2) => ({ l2, crossValidated: crossValidate(l2) }));
  ranked.sort((a, b) => b.crossValidated - a.crossValidated || b.l2 - a.l2);
  const [best] = ranked;
  if (!best) throw new RangeError('measureBagOfWords needs at least one penalty to try');
  const model = trainBagOfWords(train, { order, l2: best.l2 });
  return { ...best, model, accuracy: score(model, dev) };
}
