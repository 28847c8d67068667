import { InputError } from '@rose/foundation';

export interface LabelOrderOptions {
  /** What the victim calls its classes, in the order of its rows. */
  readonly victimLabels: readonly string[];
  /** What the task calls its labels, in the order of its label ids. */
  readonly taskLabels: readonly string[];
  /** The victim's names in the order of the task's labels, where a user has said so. */
  readonly labels?: readonly string[] | undefined;
}

const plain = (label: string) => label.toLowerCase().replace(/[\s_-]+/g, ' ');

/**
 * Which column of the victim's rows belongs to each of the task's labels. Columns go by name where the user has named them, or
 * where the victim's names are the task's own (in any case). They go by position where the victim only has `LABEL_0`,
 * `LABEL_1` …. Nothing is guessed: an attack on a model whose labels are swapped would seem a great success.
 *
 * @throws InputError when a label has no column, or two have the same.
 */
export function labelOrder({ victimLabels, taskLabels, labels }: LabelOrderOptions): readonly number[] {
  const refuse = (message: string) =>
    new InputError(message, {
      option: 'labels',
      hint: `Say which of the victim's labels (${victimLabels.join(', ')}) are the task's, in the task's order.`,
    });
  if (labels === undefined && victimLabels.length !== taskLabels.length) {
    throw refuse(`The victim has ${victimLabels.length} classes, the task ${taskLabels.length}.`);
  }
  if (labels === undefined && victimLabels.every((label, i) => plain(label) === `label ${i}`)) {
    return taskLabels.map((_, i) => i);
  }
  const names = labels ?? taskLabels;
  if (names.length !== taskLabels.length) {
    throw refuse(`${names.length} labels are named; the task has ${taskLabels.length}: ${taskLabels.join(', ')}.`);
  }
  const order = names.map((name) => victimLabels.findIndex((label) => plain(label) === plain(name)));
  const missing = names[order.indexOf(-1)];
  if (missing !== undefined) throw refuse(`The victim has no label '${missing}'.`);
  if (new Set(order).size < order.length) throw refuse('A label of the victim is named twice.');
  return order;
}
