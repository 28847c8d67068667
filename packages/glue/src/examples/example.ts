/** The two splits with public labels. GLUE's test labels are hidden, so nothing here reads them. */
export type Split = 'train' | 'dev';

/** One labelled row of a task. */
export interface Example {
  /** The data set's own index of the row (`idx`), else its position in the file, from 0. Unique within a split. */
  readonly id: number;
  /** One text per column of the task, verbatim: 1 (a sentence) or 2 (a pair). */
  readonly texts: readonly string[];
  /** Index into the task's `labels`. */
  readonly label: number;
}

/** How an adversarial text was made: words swapped or misspelt, the sentence rewritten, or written by a person. */
export const constructions = ['word', 'sentence', 'human'] as const;
export type Construction = (typeof constructions)[number];

/** A perturbed example. People still give it the label of the original. */
export interface AdversarialExample extends Example {
  /** The texts before the perturbation, if the data set has them. */
  readonly original?: readonly string[];
  readonly construction?: Construction;
  /** The attack within the construction, such as TextFooler or CheckList. */
  readonly method?: string;
}
