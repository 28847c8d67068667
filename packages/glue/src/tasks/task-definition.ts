import type { Split } from '../examples/example.js';

/** A classification task as data: which columns hold the texts, what the labels mean, where the files are. */
export interface TaskDefinition {
  /** The name in experiment files and in the data's folders, such as `sst2`. */
  readonly name: string;
  readonly title: string;
  /** The columns that hold the texts, in the order in which the encoder reads them: one or two. */
  readonly columns: readonly string[];
  /** What the label ids mean: `labels[id]`, in the encoding of the Hugging Face files. */
  readonly labels: readonly string[];
  /** The names that the Hugging Face layout gives to the two splits. */
  readonly splits: Readonly<Record<Split, string>>;
  /** The key of the task in AdvGLUE's files; absent where AdvGLUE has no part for it. */
  readonly advGlueKey?: string;
  readonly metric: 'accuracy';
}
