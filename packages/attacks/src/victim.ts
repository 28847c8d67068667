import type { TextColumns } from './text-columns.js';

/** What is attacked: a function from texts to class probabilities, one row a text, in order. */
export interface Victim {
  readonly name: string;
  /** Rows of probabilities (inputs × classes). A text's row must not depend on which texts stand beside it. */
  probabilities(inputs: readonly TextColumns[]): Promise<readonly (readonly number[])[]>;
}

/** A victim broke its contract: no row for a text, or a row that is no distribution over classes. */
export class VictimError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VictimError';
  }
}

/** How far a row's sum may be from 1 (half-precision soft-max stays well within). */
const SUM_TOLERANCE = 1e-3;

function faultOf(row: readonly number[], classes: number): string | undefined {
  if (row.length < 2) return `a row of ${row.length} values; at least two classes are needed`;
  if (row.length !== classes) return `rows of different lengths (${classes} and ${row.length} classes)`;
  if (!row.every(Number.isFinite)) return `a probability that is not a finite number ([${row.join(', ')}])`;
  const sum = row.reduce((total, p) => total + p, 0);
  if (row.some((p) => p < 0) || Math.abs(sum - 1) > SUM_TOLERANCE) {
    return `a row that is no distribution ([${row.join(', ')}], sum ${sum}); logits need a soft-max first`;
  }
  return undefined;
}

/** The start of a text, for messages. */
const excerpt = (columns: TextColumns) => JSON.stringify(columns.join(' ⏎ ').slice(0, 80));

/**
 * A victim from a plain function. Every answer is checked: as many rows as texts, at least two classes, finite, not
 * negative, sum 1 within 1e-3. Logits are refused, not guessed at.
 *
 * @example victimFrom('my model', async (inputs) => pipeline(inputs.map(([text]) => text)))
 * @throws VictimError (from `probabilities`) naming the text whose row is wrong.
 */
export function victimFrom(
  name: string,
  classify: (inputs: readonly TextColumns[]) => Promise<readonly (readonly number[])[]>,
): Victim {
  return {
    name,
    async probabilities(inputs) {
      const rows = await classify(inputs);
      if (rows.length !== inputs.length) {
        throw new VictimError(`Victim "${name}" gave ${rows.length} rows for ${inputs.length} texts.`);
      }
      const classes = rows[0]?.length ?? 0;
      rows.forEach((row, i) => {
        const fault = faultOf(row, classes);
        if (fault) throw new VictimError(`Victim "${name}" gave ${fault} for ${excerpt(inputs[i] ?? [])}.`);
      });
      return rows;
    },
  };
}
