import {
  type TextClassifier,
  type TokenSequence,
  bucketLength,
  collate,
  disposeBatch,
  toTensors,
} from '@rose/encoders';
import { NonFiniteError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';

/** Shapes are compiled once each, so a short last batch is padded to one of few sizes. */
const bucketRows = (rows: number, batchSize: number) =>
  Math.min(batchSize, 2 ** Math.ceil(Math.log2(Math.max(rows, 4))));

/**
 * Class probabilities of token sequences, without dropout, in the order given.
 * Rows are sorted by length so that each batch needs little padding; the answer does not depend on that.
 * @returns one row of `classes` probabilities a sequence
 * @throws NonFiniteError when the model answers NaN or infinity
 */
export async function predict(
  model: TextClassifier,
  sequences: readonly TokenSequence[],
  { batchSize = 64 }: { batchSize?: number } = {},
): Promise<Float32Array[]> {
  const order = sequences.map((_, row) => row).sort((a, b) => lengthOf(sequences, a) - lengthOf(sequences, b));
  const probabilities = new Array<Float32Array>(sequences.length);
  for (let start = 0; start < order.length; start += batchSize) {
    const rows = order.slice(start, start + batchSize);
    const chosen = rows.map((row) => sequences[row] as TokenSequence);
    const length = bucketLength(lengthOf(sequences, rows.at(-1) as number), model.maxLength);
    const batch = collate(chosen, { padId: model.tokenizer.padId, length, rows: bucketRows(rows.length, batchSize) });
    const values = await run(model, batch);
    rows.forEach((row, at) => (probabilities[row] = values.slice(at * model.classes, (at + 1) * model.classes)));
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

const lengthOf = (sequences: readonly TokenSequence[], row: number) => sequences[row]?.ids.length ?? 0;

/** The class with the highest probability; the first of equals. */
export function argmax(probabilities: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < probabilities.length; i++)
    if ((probabilities[i] as number) > (probabilities[best] as number)) best = i;
  return best;
}
