import path from 'node:path';
import { startBackend } from '@rose/backends';
import { disposeBatch, collate, families, loadClassifier, readSafetensors, toTensors } from '@rose/encoders';
import { type FamilyCase, familyCases, folderWithTokenizer } from '@rose/testing';
import type { OrtBackend } from '@rose/tfjs-backend-ort';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

/**
 * The largest error of a tensor, as a share of its largest element, or of a five hundredth of the largest gradient: the gradients of
 * keys' biases are 0 in theory.
 */
const tolerance = 1e-4;

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function lossOf(logits: tf.Tensor2D, { problem, labels, classes }: FamilyCase): tf.Scalar {
  if (problem === 'regression')
    return tf.mean(tf.squaredDifference(tf.reshape(logits, [-1]), tf.tensor1d([...labels])));
  const targets = tf.oneHot(tf.tensor1d([...labels], 'int32'), classes);
  return tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(tf.logSoftmax(logits), targets), -1)));
}

/** Logits, loss and gradients, all of one compiled graph. */
async function ours(golden: FamilyCase): Promise<Map<string, Float32Array>> {
  const { sequences, classes, padId } = golden;
  const model = await loadClassifier({ model: await folderWithTokenizer(golden), classes, seed: 1 });
  const batch = toTensors(collate(sequences, { padId }));
  const logits = tf.tidy(() => model.logits(batch));
  const { value, grads } = tf.variableGrads(() => lossOf(model.logits(batch), golden), [...model.parameters.values()]);
  const tensors = new Map<string, tf.Tensor>([
    ['logits', logits],
    ['loss', value],
  ]);
  for (const [name, { name: key }] of model.parameters) tensors.set(`gradients.${name}`, grads[key] as tf.Tensor);
  await (tf.backend() as OrtBackend).evaluate([...tensors.values()]);
  const values = new Map([...tensors].map(([name, tensor]) => [name, tensor.dataSync() as Float32Array]));
  tf.dispose([...tensors.values()]);
  disposeBatch(batch);
  model.dispose();
  return values;
}

const isRefused = ({ name }: FamilyCase) => name === 'distilbert-sinusoidal';

describe("every family against Python's transformers, on the ort backend", () => {
  beforeAll(() => startBackend({ name: 'ort', threads: 1 }));

  const cases = familyCases().filter(
    (golden) => golden.problem !== 'masked-lm' && families.has(golden.modelType) && !isRefused(golden),
  );
  it.each(cases.map((golden) => ({ name: golden.name, golden })))('$name', async ({ golden }) => {
    const tensors = tf.memory().numTensors;
    const { tensors: expected } = await readSafetensors(path.join(golden.folder, 'goldens.safetensors'));
    const found = await ours(golden);
    expect(tf.memory().numTensors).toBe(tensors);
    const gradients = [...expected].filter(([name]) => name.startsWith('gradients.'));
    const floor = 2e-3 * Math.max(...gradients.map(([, { data }]) => largest(data)));
    for (const [name, { data }] of expected) {
      if (name.startsWith('hidden_states.')) continue;
      const difference = largest(data.map((value, i) => value - (found.get(name)?.[i] ?? NaN)));
      expect(difference / Math.max(largest(data), floor), name).toBeLessThan(tolerance);
    }
  });
});
