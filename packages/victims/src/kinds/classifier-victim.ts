import type { Victim } from '@rose/attacks';
import type { TextClassifier } from '@rose/encoders';
import { predict } from '@rose/fine-tuning';
import { gradientNorms } from '../gradients/gradient-norms.js';
import { reordered } from './victim-kind.js';

/** As many texts as fill two batches of `predict`, which sorts them by tokens. */
const BATCH_SIZE = 64;

export interface ClassifierVictimOptions {
  readonly name: string;
  readonly model: TextClassifier;
  /** The model's class for each label of the task; the same order by default. */
  readonly order?: readonly number[];
}

/** A classifier in memory as a function from texts to probabilities in the task's order. Shows gradients. */
export function classifierVictim({ name, model, order = sameOrder(model) }: ClassifierVictimOptions): Victim {
  const norms = gradientNorms(model);
  return {
    name,
    batchSize: BATCH_SIZE,
    async probabilities(inputs) {
      const sequences = inputs.map((texts) => model.tokenizer.encode(texts, model.maxLength));
      return reordered(await predict(model, sequences), order);
    },
    gradientNorms: (inputs, labels) =>
      norms(
        inputs,
        labels.map((label) => order[label] ?? label),
      ),
  };
}

const sameOrder = ({ classes }: TextClassifier): number[] => Array.from({ length: classes }, (_, i) => i);
