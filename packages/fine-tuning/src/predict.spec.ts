import { type TextClassifier, loadClassifier } from '@rose/encoders';
import { NonFiniteError, RandomStream } from '@rose/foundation';
import { tinyBert } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predict } from './predict.js';

describe('predict', () => {
  let model: TextClassifier;
  beforeAll(async () => {
    await tf.setBackend('cpu');
    model = await loadClassifier({ model: tinyBert, classes: 3, seed: 1, maxLength: 16 });
  });
  afterAll(() => model.dispose());

  const stream = RandomStream.of('texts');
  const text = () => Array.from({ length: stream.below(18) }, () => ['good', 'bad', 'film', 'very'][stream.below(4)]);
  const sequencesOf = (count: number) =>
    Array.from({ length: count }, () => model.tokenizer.encode([text().join(' ')], model.maxLength));

  it('gives each text the same probabilities, in order, however many stand in a batch', async () => {
    const sequences = sequencesOf(21);
    const alone = await predict(model, sequences, { batchSize: 1 });
    expect(new Set(alone.map(String)).size).toBeGreaterThan(10);
    for (const batchSize of [2, 5, 8, 32]) {
      const together = await predict(model, sequences, { batchSize });
      for (const [i, row] of together.entries())
        row.forEach((p, c) => expect(p).toBeCloseTo(alone[i]?.[c] ?? Number.NaN, 5));
      const backwards = await predict(model, sequences.toReversed(), { batchSize });
      for (const [i, row] of backwards.reverse().entries())
        row.forEach((p, c) => expect(p).toBeCloseTo(alone[i]?.[c] ?? Number.NaN, 5));
    }
  });

  it('gives probabilities of every class, and no tensor stays behind', async () => {
    const before = tf.memory().numTensors;
    expect(await predict(model, [])).toEqual([]);
    for (const row of await predict(model, sequencesOf(9))) {
      expect(row).toHaveLength(3);
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses to pass on what is not a number', async () => {
    const broken = await loadClassifier({ model: tinyBert, classes: 2, seed: 1, maxLength: 16 });
    for (const variable of broken.parameters.values()) variable.assign(tf.fill(variable.shape, Number.NaN));
    await expect(predict(broken, sequencesOf(2))).rejects.toThrow(NonFiniteError);
    broken.dispose();
  });
});
