import { groupBy } from '../examples/group-by.js';

/**
 * The share of predictions that equal their label, 0 … 1.
 *
 * @throws RangeError if the lists are empty or differ in length
 */
export function accuracy(predictions: readonly number[], labels: readonly number[]): number {
  if (predictions.length !== labels.length || labels.length === 0) {
    throw new RangeError(
      `accuracy needs one prediction a label, and at least one: got ${predictions.length.toString()} and ${labels.length.toString()}`,
    );
  }
  return predictions.filter((prediction, i) => prediction === labels[i]).length / labels.length;
}

/** The accuracy of always answering the most frequent label, 0 … 1. A model below it has learnt nothing. */
export function majorityShare(labels: readonly number[]): number {
  if (labels.length === 0) throw new RangeError('majorityShare needs at least one label');
  const groups = [...groupBy(labels, (label) => label).values()];
  return Math.max(...groups.map((group) => group.length)) / labels.length;
}
