import { AttackedText } from '../text/attacked-text.js';
import type { TextColumns } from '../text/text-columns.js';

/** What is attacked: a function from texts to class probabilities, one row a text, in order. */
export interface Victim {
  readonly name: string;
  /** Rows of probabilities (inputs × classes). A text's row must not depend on which texts stand beside it. */
  probabilities(inputs: readonly TextColumns[]): Promise<readonly (readonly number[])[]>;
  /**
   * For white-box attacks: how strongly the loss at each word reacts, one number a word of `AttackedText`. It is the L1
   * norm of the gradient of the cross-entropy at `labels` with respect to the word's embedding, the mean over its tokens
   * (TextAttack `GreedyWordSwapWIR(wir_method="gradient")`); 0 for a word that the victim does not see.
   */
  gradientNorms?(inputs: readonly TextColumns[], labels: readonly number[]): Promise<readonly (readonly number[])[]>;
  /** The number of texts in a call that suits it best; default 32. */
  readonly batchSize?: number;
  /** Calls that it answers at the same time; default 1. More only help where it computes on another machine. */
  readonly callsAtOnce?: number;
}

/** The texts of a call, unless the victim or the attack says otherwise. */
export const DEFAULT_BATCH_SIZE = 32;

/** A victim broke its contract: a row is missing, or is not a distribution over classes. */
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
    return `a row that is not a distribution ([${row.join(', ')}], sum ${sum}); logits need a soft-max first`;
  }
  return undefined;
}

/** The start of a text, for messages. */
const excerpt = (columns: TextColumns) => JSON.stringify(columns.join(' ⏎ ').slice(0, 80));

const isRow = (row: unknown): row is readonly number[] =>
  Array.isArray(row) || row instanceof Float32Array || row instanceof Float64Array;

/** Typed arrays become plain ones, as which they can be written. */
const plain = (rows: readonly (readonly number[])[]) => rows.map((row) => (Array.isArray(row) ? row : Array.from(row)));

/** @throws VictimError unless there is a distribution over the same classes for each text. */
function checkRows(name: string, inputs: readonly TextColumns[], rows: readonly (readonly number[])[]): void {
  if (!Array.isArray(rows))
    throw new VictimError(`Victim "${name}" gave ${typeof rows} in place of rows of probabilities.`);
  if (rows.length !== inputs.length) {
    throw new VictimError(`Victim "${name}" gave ${rows.length} rows for ${inputs.length} texts.`);
  }
  const classes = isRow(rows[0]) ? rows[0].length : 0;
  rows.forEach((row: unknown, i) => {
    const fault = isRow(row) ? faultOf(row, classes) : 'something that is not a row of probabilities';
    if (fault) throw new VictimError(`Victim "${name}" gave ${fault} for ${excerpt(inputs[i] ?? [])}.`);
  });
}

/** @throws VictimError unless there is a finite number for each word of each text. */
function checkNorms(name: string, inputs: readonly TextColumns[], norms: readonly (readonly number[])[]): void {
  inputs.forEach((columns, i) => {
    const words = AttackedText.of(columns).words.length;
    const found = norms[i];
    if (found?.length === words && found.every(Number.isFinite)) return;
    throw new VictimError(
      `Victim "${name}" gave gradients for ${found?.length ?? 0} of ${words} words, or some that are not finite, for ${excerpt(columns)}.`,
    );
  });
}

/**
 * The same victim, whose every answer is checked: as many rows as texts, at least two classes, finite, not negative, sum 1
 * within 1e-3. Logits are refused, not guessed at. Rows may be typed arrays.
 */
export function checkedVictim(victim: Victim): Victim {
  const { name, gradientNorms, batchSize, callsAtOnce } = victim;
  return {
    name,
    async probabilities(inputs) {
      const rows = await victim.probabilities(inputs);
      checkRows(name, inputs, rows);
      return plain(rows);
    },
    ...(gradientNorms && {
      async gradientNorms(inputs: readonly TextColumns[], labels: readonly number[]) {
        const norms = await gradientNorms.call(victim, inputs, labels);
        checkNorms(name, inputs, norms);
        return plain(norms);
      },
    }),
    ...(batchSize !== undefined && { batchSize }),
    ...(callsAtOnce !== undefined && { callsAtOnce }),
  };
}

/**
 * A victim from a plain function, its answers checked as `checkedVictim` does.
 *
 * @example victimFrom('my model', async (inputs) => pipeline(inputs.map(([text]) => text)))
 * @throws VictimError (from `probabilities`) naming the text whose row is wrong.
 */
export function victimFrom(
  name: string,
  classify: (inputs: readonly TextColumns[]) => Promise<readonly (readonly number[])[]>,
): Victim {
  return checkedVictim({ name, probabilities: classify });
}
