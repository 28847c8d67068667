import { type TextClassifier, type TokenSequence, collate } from '@rose/encoders';
import type { Example } from '@rose/glue';
import { type EpochBatch, epochBatches } from './batches.js';
import { StepContext } from './step-context.js';

export interface TrainingSetOptions {
  readonly model: TextClassifier;
  readonly examples: readonly Example[];
  readonly batchSize: number;
  readonly seed: number;
  /** Replaces the model's dropout rates. */
  readonly dropoutRate?: number | undefined;
}

/** The train rows of a run, tokenised once, in the batches of its epochs. */
export class TrainingSet {
  /** Batches an epoch. */
  readonly stepsPerEpoch: number;
  private readonly sequences: readonly TokenSequence[];
  private readonly lengths: readonly number[];

  constructor(readonly options: TrainingSetOptions) {
    const { model, examples, batchSize } = options;
    this.sequences = examples.map(({ texts }) => model.tokenizer.encode(texts, model.maxLength));
    this.lengths = this.sequences.map(({ ids }) => ids.length);
    this.stepsPerEpoch = Math.ceil(examples.length / batchSize);
  }

  /** @param epoch counted from 0 */
  batches(epoch: number): readonly EpochBatch[] {
    const { batchSize, seed } = this.options;
    return epochBatches(this.lengths, { batchSize, seed, epoch });
  }

  /** A batch on its way through a step, whose dropout masks depend on seed and step alone. */
  context({ rows, length }: EpochBatch, step: number): StepContext {
    const { model, examples, seed, dropoutRate } = this.options;
    const chosen = rows.map((row) => this.sequences[row] as TokenSequence);
    return new StepContext({
      model,
      batch: collate(chosen, { padId: model.tokenizer.padId, length }),
      labels: Int32Array.from(rows, (row) => (examples[row] as Example).label),
      seed,
      step,
      dropoutRate,
    });
  }

  /** What the rows of a batch are called in their data set, for messages. */
  idsOf({ rows }: EpochBatch): string {
    return rows.map((row) => this.options.examples[row]?.id).join(', ');
  }
}
