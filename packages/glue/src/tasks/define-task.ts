import { type Descriptor, InputError } from '@rose/foundation';
import type { Split } from '../examples/example.js';

/**
 * A classification task: which columns hold the texts, what the labels mean, how the files are called. `name` is also
 * the task's folder in the Hugging Face layout; `paper` says where the data set comes from.
 */
export interface TaskDefinition extends Descriptor {
  /** The columns that hold the texts, in the order in which an encoder reads them: one or two. */
  readonly columns: readonly string[];
  /** What the label ids mean: `labels[id]`, in the encoding of the files. */
  readonly labels: readonly string[];
  /** The names of the two splits in the Hugging Face layout. */
  readonly splits: Readonly<Record<Split, string>>;
  /** The task's key in AdvGLUE's files. Absent if AdvGLUE has no part for it. */
  readonly advGlueKey?: string;
  readonly metric: 'accuracy';
}

/** A task as its author writes it. Without `splits` they are `train` and `validation`; without `metric` it is accuracy. */
export type GivenTask = Omit<TaskDefinition, 'splits' | 'metric'> & Partial<Pick<TaskDefinition, 'splits' | 'metric'>>;

/**
 * Checks a task and fills in what it leaves out. Every source reads a task that is defined this way, whether it is in
 * our list or not.
 *
 * @throws InputError for a name that cannot be a folder's, for no or more than two columns, for fewer than two labels,
 *   and for columns or labels of one name
 */
export function defineTask(given: GivenTask): TaskDefinition {
  const { name, columns, labels } = given;
  const refuse = (option: keyof GivenTask, message: string, hint: string) =>
    new InputError(`The task '${name}' ${message}`, { option, hint });
  if (!/^[\w-][\w.-]*$/.test(name)) {
    throw refuse(
      'name',
      'cannot be called that.',
      'Use letters, digits, dots, dashes and underscores: it names a folder.',
    );
  }
  if (columns.length < 1 || columns.length > 2) {
    throw refuse('columns', `has ${columns.length} columns of text.`, 'Name one, or two for a pair.');
  }
  if (labels.length < 2)
    throw refuse('labels', 'has fewer than two labels.', 'Name every class, in the order of its id.');
  for (const [option, names] of Object.entries({ columns, labels } as const)) {
    const twice = names.find((other, i) => names.indexOf(other) !== i);
    if (twice !== undefined) throw refuse(option as 'columns' | 'labels', `names '${twice}' twice.`, 'Name each once.');
  }
  return { splits: { train: 'train', dev: 'validation' }, metric: 'accuracy', ...given };
}
