import { type TextClassifier, type TokenSequence, collate, disposeBatch, toTensors } from '@rose/encoders';
import { NonFiniteError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { predictionBatches } from './predict-batches.js';

export interface PredictOptions {
  /** Rows of a full batch. On a CPU more are not faster once a batch has some 500 tokens; they only need more padding. */
  readonly batchSize?: number;
}

/**
 * Class probabilities of token sequences, without dropout, in the order given.
 * They are computed in batches of little padding and few shapes (`predictionBatches`), on which a probability depends by
 * rounding errors only.
 * @returns one row of `classes` probabilities a sequence
 * @throws NonFiniteError when the model answers NaN or infinity
 */
export async function predict(
  model: TextClassifier,
  sequences: readonly TokenSequence[],
  { batchSize = 32 }: PredictOptions = {},
): Promise<Float32Array[]> {
  const { classes, maxLength, tokenizer } = model;
  const lengths = sequences.map(({ ids }) => ids.length);
  const probabilities = new Array<Float32Array>(sequences.length);
  for (const { sequences: asked, rows, length } of predictionBatches(lengths, { batchSize, maxLength })) {
    const chosen = asked.map((sequence) => sequences[sequence] as TokenSequence);
    const values = await run(model, collate(chosen, { padId: tokenizer.padId, length, rows }));
    asked.forEach((sequence, row) => (probabilities[sequence] = values.slice(row * classes, (row + 1) * classes)));
  }
  return probabilities;
}

async function run(model: TextClassifier, batch: ReturnType<typeof collate>): Promise<Float32Array> {
  const tensors = toTensors(batch);
  const output = tf.tidy(() => tf.softmax(model.logits(tensors)));
  try {
    const values = (await output.data()) as Float32Array;
    if (!values.every(Number.isFinite)) throw new NonFiniteError('The model answered NaN or infinity.');
    return values;
  } finally {
    output.dispose();
    disposeBatch(tensors);
  }
}

/** The class with the highest probability; the first of equals. */
export function argmax(probabilities: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < probabilities.length; i++)
    if ((probabilities[i] as number) > (probabilities[best] as number)) best = i;
  return best;
}
