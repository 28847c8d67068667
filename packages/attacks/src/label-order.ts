import { InputError } from '@rose/foundation';

export interface LabelOrderOptions {
  /** What the victim calls its classes, in the order of its rows. */
  readonly victimLabels: readonly string[];
  /** What the task calls its labels, in the order of its label ids. */
  readonly taskLabels: readonly string[];
  /** The victim's names in the order of the task's labels, where a user has said so. */
  readonly wanted?: readonly string[] | undefined;
}

const HINT = (victimLabels: readonly string[]) =>
  `Say which of the victim's labels (${victimLabels.join(', ')}) are the task's, in the task's order: --labels=${victimLabels.join(',')}.`;

const plain = (label: string) => label.toLowerCase().replace(/[\s_-]+/g, ' ');

/**
 * Which column of the victim's rows belongs to each of the task's labels. By name where a user has given the names or they
 * are the task's own (in any case); by position where the victim has none but `LABEL_0`, `LABEL_1` …. Nothing is guessed: a
 * model with its labels the other way round would be "attacked" with great success.
 *
 * @throws InputError when a label has no column, or two have the same.
 */
export function labelOrder({ victimLabels, taskLabels, wanted }: LabelOrderOptions): readonly number[] {
  const refuse = (message: string) =>
    new InputError(message, { where: wanted ? '--labels' : 'victim', hint: HINT(victimLabels) });
  if (wanted === undefined && victimLabels.length !== taskLabels.length) {
    throw refuse(`The victim has ${victimLabels.length} classes, the task ${taskLabels.length}.`);
  }
  if (wanted === undefined && victimLabels.every((label, i) => plain(label) === `label ${i}`)) {
    return taskLabels.map((_, i) => i);
  }
  const names = wanted ?? taskLabels;
  if (names.length !== taskLabels.length) {
    throw refuse(`${names.length} labels are named; the task has ${taskLabels.length}: ${taskLabels.join(', ')}.`);
  }
  const order = names.map((name) => victimLabels.findIndex((label) => plain(label) === plain(name)));
  const missing = names[order.indexOf(-1)];
  if (missing !== undefined) throw refuse(`The victim has no label '${missing}'.`);
  if (new Set(order).size < order.length) throw refuse('A label of the victim is named twice.');
  return order;
}
