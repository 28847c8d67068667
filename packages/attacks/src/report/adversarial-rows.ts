import type { AttackOutcome } from '../text/outcome.js';

/** One adversarial text with the label of its original. */
export interface AdversarialRow {
  readonly id: number | string;
  readonly texts: readonly string[];
  readonly label: number;
  readonly original: readonly string[];
}

/** The successes as rows that can be trained or tested on; those that lost the whole of a text are left out. */
export function adversarialRows(outcomes: readonly AttackOutcome[]): readonly AdversarialRow[] {
  return outcomes.flatMap(({ id, label, original, adversarial }) =>
    adversarial?.texts.every((text) => text.trim() !== '')
      ? [{ id, texts: adversarial.texts, label, original: original.texts }]
      : [],
  );
}

export interface AdvGlueOptions {
  /** The task's key in AdvGLUE's files, such as `sst2`. */
  readonly key: string;
  /** The names of the task's columns. */
  readonly columns: readonly string[];
  /** The recipe, as `method`. */
  readonly method: string;
}

/**
 * The successes in the shape of AdvGLUE's dev_ann.json: `{task: [{idx, label, <columns>, original_<column>,
 * data_construction, method}]}`. `original_<column>` stands for columns that were changed, and for no other.
 */
export function advGlueFile(outcomes: readonly AttackOutcome[], { key, columns, method }: AdvGlueOptions): object {
  const items = adversarialRows(outcomes).map(({ texts, label, original }, idx) => ({
    ...Object.fromEntries(columns.map((column, i) => [column, texts[i]])),
    idx,
    label,
    ...Object.fromEntries(
      columns.flatMap((column, i) => (texts[i] === original[i] ? [] : [[`original_${column}`, original[i]]])),
    ),
    data_construction: 'word',
    method,
  }));
  return { [key]: items };
}
