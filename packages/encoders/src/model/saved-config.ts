type Fields = Readonly<Record<string, unknown>>;

/**
 * What would contradict what is written: where the base model lay, the type its weights were stored as, and the loss, the
 * number of classes and the task of another head.
 */
const CONTRADICTORY = ['_name_or_path', 'torch_dtype', 'dtype', 'problem_type', 'num_labels', 'finetuning_task'];

export interface SavedConfigOptions {
  readonly classes: number;
  /** What the classes are called; `LABEL_0`, `LABEL_1` … by default. */
  readonly labels?: readonly string[] | undefined;
}

/** config.json of a classifier: what its network says, and what is true of the head and the weights that are written. */
export function savedConfig(fields: Fields, { classes, labels }: SavedConfigOptions): Fields {
  const names = labels ?? Array.from({ length: classes }, (_, i) => `LABEL_${i}`);
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([key]) => !CONTRADICTORY.includes(key))),
    id2label: Object.fromEntries(names.map((label, i) => [i, label])),
    label2id: Object.fromEntries(names.map((label, i) => [label, i])),
    problem_type: classes === 1 ? 'regression' : 'single_label_classification',
    // transformers 4 reads the first and 5 either; one name is enough, unless the folder had the other.
    torch_dtype: 'float32',
    ...('dtype' in fields && { dtype: 'float32' }),
  };
}
