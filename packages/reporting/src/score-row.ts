import { InputError } from '@rose/foundation';

/** One measured number: what one metric of one suite said about one trained model. */
export interface ScoreRow {
  readonly task: string;
  readonly model: string;
  readonly variant: string;
  readonly seed: number;
  readonly suite: string;
  readonly metric: string;
  readonly value: number;
  /** How many examples the value was computed over. */
  readonly examples: number;
}

/** A planned run that lacks scores, some or all, and why. */
export interface MissingRun {
  readonly id: string;
  readonly reason: string;
}

const keyOf = ({ task, model, variant, seed, suite, metric }: ScoreRow) =>
  [task, model, variant, `seed ${seed.toString()}`, suite, metric].join(' / ');

/**
 * Refuses rows that no table can be made of.
 *
 * @throws InputError for a value that is NaN or infinite, a seed that is no integer, an example count that is no
 *   positive integer, and for two rows about the same thing (which would weigh one run twice).
 */
export function requireSoundRows(rows: readonly ScoreRow[]): void {
  const seen = new Set<string>();
  for (const row of rows) {
    const where = keyOf(row);
    if (!Number.isFinite(row.value)) {
      throw new InputError(`A score is ${row.value.toString()}`, {
        where,
        hint: 'Report the run as missing instead of giving it a score.',
      });
    }
    if (!Number.isSafeInteger(row.seed)) throw new InputError('A seed has to be an integer', { where });
    if (!Number.isSafeInteger(row.examples) || row.examples < 1) {
      throw new InputError(`A score over ${row.examples.toString()} examples is no score`, { where });
    }
    if (seen.has(where)) throw new InputError('The same score is given twice', { where });
    seen.add(where);
  }
}
