import type { AttackOutcome } from '../text/outcome.js';

/** A success on one sentence, some of it other than usual. */
export function success(
  before: readonly string[],
  after: readonly string[],
  more: Partial<AttackOutcome> = {},
): AttackOutcome {
  return {
    id: 0,
    status: 'success',
    label: 1,
    original: { texts: before, probabilities: [0.1, 0.9], prediction: 1 },
    adversarial: { texts: after, probabilities: [0.8, 0.2], prediction: 0 },
    perturbedWords: 1,
    totalWords: 4,
    queries: 9,
    modelQueries: 8,
    replacements: [],
    ...more,
  };
}

/** An example that withstood. */
export function failure(text: string, more: Partial<AttackOutcome> = {}): AttackOutcome {
  return {
    id: 0,
    status: 'failed',
    label: 1,
    original: { texts: [text], probabilities: [0.1, 0.9], prediction: 1 },
    perturbedWords: 0,
    totalWords: 4,
    queries: 9,
    modelQueries: 8,
    replacements: [],
    ...more,
  };
}
