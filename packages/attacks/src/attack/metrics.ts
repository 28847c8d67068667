import type { AttackOutcome, AttackStatus, Quality } from '../text/outcome.js';

/** Counts and shares over outcomes. Shares lie in 0 … 1, unrounded; null where there is nothing to divide by. */
export interface AttackMetrics {
  /** All outcomes, errors included. */
  readonly examples: number;
  readonly skipped: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly errors: number;
  /** Right before the attack: (succeeded + failed) / (examples − errors). */
  readonly originalAccuracy: number | null;
  /** Right before and after: failed / (examples − errors). */
  readonly accuracyUnderAttack: number | null;
  /** succeeded / (succeeded + failed). */
  readonly attackSuccessRate: number | null;
  /** Mean over successes of words that differ / words of the original. */
  readonly perturbedWordShare: number | null;
  /** Over attacked examples, so neither skipped ones nor errors; cache hits count. */
  readonly averageQueries: number | null;
  readonly medianQueries: number | null;
  /** The same for texts that the model really saw. */
  readonly averageModelQueries: number | null;
  /** Means over the successes that were measured, see `Quality`. */
  readonly similarity: number | null;
  readonly originalPerplexity: number | null;
  readonly adversarialPerplexity: number | null;
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

const mean = (values: readonly number[]) =>
  ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1));
}

/**
 * TextAttack's definitions (`AttackSuccessRate`, `WordsPerturbed`, `AttackQueries`, `USEMetric`, `Perplexity`), the one place where they stand.
 * Two things TextAttack does not know: examples that threw leave every denominator, and shares of nothing are null
 * (its success rate would be 0 there).
 */
export function attackMetrics(outcomes: readonly AttackOutcome[]): AttackMetrics {
  const having = (status: AttackStatus) => outcomes.filter((outcome) => outcome.status === status);
  const successes = having('success');
  const succeeded = successes.length;
  const failed = having('failed').length;
  const errors = having('error').length;
  const judged = outcomes.length - errors;
  const attacked = outcomes.filter(({ status }) => status === 'success' || status === 'failed');
  const queries = attacked.map((outcome) => outcome.queries);
  const meanQuality = (name: keyof Quality) => mean(successes.flatMap(({ quality }) => quality?.[name] ?? []));
  return {
    examples: outcomes.length,
    skipped: having('skipped').length,
    succeeded,
    failed,
    errors,
    originalAccuracy: ratio(succeeded + failed, judged),
    accuracyUnderAttack: ratio(failed, judged),
    attackSuccessRate: ratio(succeeded, succeeded + failed),
    perturbedWordShare: mean(successes.map(({ perturbedWords, totalWords }) => perturbedWords / totalWords)),
    averageQueries: mean(queries),
    medianQueries: median(queries),
    averageModelQueries: mean(attacked.map((outcome) => outcome.modelQueries)),
    similarity: meanQuality('similarity'),
    originalPerplexity: meanQuality('originalPerplexity'),
    adversarialPerplexity: meanQuality('adversarialPerplexity'),
  };
}
