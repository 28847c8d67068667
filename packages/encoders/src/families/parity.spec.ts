import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FamilyCase, familyCases, folderWithTokenizer } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeBatch, toTensors } from '../batch/batch-tensors.js';
import { collate } from '../batch/token-batch.js';
import { families } from './families.js';
import { activations } from '../layers/activations.js';
import { loadClassifier } from '../load-classifier.js';
import { loadMaskedLanguageModel } from '../load-masked-language-model.js';
import { readSafetensors } from '../safetensors/read-safetensors.js';
import { compute, crossEntropy, largestDifference } from '../testing/tensors.js';

/** The largest error of a tensor, as a share of its largest element. */
const tolerance = 1e-4;

/**
 * Tensors smaller than this share of the largest gradient are held to it instead. Some are 0 in theory: softmax does not see what
 * a key's bias adds to all scores of a query.
 */
const floor = 1e-3;

const largest = (values: ArrayLike<number>): number => largestDifference(values, new Float32Array(values.length));

async function goldensOf({ folder }: FamilyCase) {
  const { tensors } = await readSafetensors(join(folder, 'goldens.safetensors'));
  const gradients = new Map<string, Float32Array>();
  for (const [name, { data }] of tensors) {
    if (name.startsWith('gradients.')) gradients.set(name.slice('gradients.'.length), data);
  }
  const get = (name: string): Float32Array => tensors.get(name)?.data ?? new Float32Array();
  return { logits: get('logits'), loss: get('loss')[0] ?? NaN, gradients };
}

/** Mean squared error of the only column of logits, as PyTorch's `MSELoss`. */
const squaredError = (logits: tf.Tensor2D, labels: readonly number[]): tf.Scalar =>
  tf.mean(tf.squaredDifference(tf.reshape(logits, [-1]), tf.tensor1d([...labels])));

/** What our model makes of a case. */
async function ours(golden: FamilyCase) {
  const { sequences, labels, classes, padId, problem } = golden;
  const model = await loadClassifier({ model: await folderWithTokenizer(golden), classes, seed: 1 });
  const batch = toTensors(collate(sequences, { padId }));
  const logits = await compute(() => model.logits(batch));
  const lossOf = problem === 'regression' ? squaredError : crossEntropy;
  const { value, grads } = tf.variableGrads(() => lossOf(model.logits(batch), labels), [...model.parameters.values()]);
  const gradients = new Map<string, Float32Array>();
  for (const [name, variable] of model.parameters) {
    gradients.set(name, ((await grads[variable.name]?.data()) as Float32Array | undefined) ?? new Float32Array());
  }
  const loss = (await value.data())[0] ?? NaN;
  tf.dispose([value, grads]);
  disposeBatch(batch);
  model.dispose();
  return { logits, loss, gradients, fresh: model.freshParameters };
}

/** The vocabulary scores of a masked language model: at every token of a batch, and at some. */
async function masked(golden: FamilyCase): Promise<void> {
  const { sequences, padId } = golden;
  const expected = (await goldensOf(golden)).logits;
  const model = await loadMaskedLanguageModel(await folderWithTokenizer(golden));
  const batch = toTensors(collate(sequences, { padId }));
  const size = model.vocabularySize;
  const places = sequences.flatMap(({ ids }, row) => Array.from(ids, (_, i) => row * batch.length + i));
  const all = await compute(() => model.vocabularyLogits(batch));
  expect(all.length).toBe(expected.length);
  for (const place of places) {
    const [from, to] = [place * size, (place + 1) * size];
    const difference = largestDifference(all.subarray(from, to), expected.subarray(from, to));
    expect(difference / largest(expected)).toBeLessThan(tolerance);
  }
  const some = await compute(() => model.vocabularyLogits(batch, tf.tensor1d([places[3] ?? 0, 0], 'int32')));
  expect(some.subarray(size)).toEqual(all.subarray(0, size));
  disposeBatch(batch);
  model.dispose();
}

/** Whether this package reads the case's model type and activation already. */
function isSupported({ modelType, folder }: FamilyCase): boolean {
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as Record<string, string | undefined>;
  const activation = config['hidden_act'] ?? config['activation'] ?? config['hidden_activation'] ?? 'gelu';
  return families.has(modelType) && activation in activations;
}

/** Cases that are refused, and the key that the message names. */
const refused: Readonly<Record<string, string>> = { 'distilbert-sinusoidal': 'sinusoidal_pos_embds' };

describe("every family against Python's transformers", () => {
  beforeAll(async () => void (await tf.setBackend('cpu')));

  for (const golden of familyCases()) {
    const key = refused[golden.name];
    if (key !== undefined) {
      it(`${golden.name} is refused`, async () => {
        const model = await folderWithTokenizer(golden);
        await expect(loadClassifier({ model, classes: golden.classes, seed: 1 })).rejects.toThrow(key);
      });
      continue;
    }
    if (golden.problem === 'masked-lm') {
      it.runIf(isSupported(golden))(golden.name, () => masked(golden));
      continue;
    }
    it.runIf(isSupported(golden))(golden.name, async () => {
      const expected = await goldensOf(golden);
      const found = await ours(golden);
      expect(found.fresh).toEqual([]);
      expect(largestDifference(found.logits, expected.logits) / largest(expected.logits)).toBeLessThan(tolerance);
      expect(Math.abs(found.loss - expected.loss) / expected.loss).toBeLessThan(tolerance);
      expect([...found.gradients.keys()].sort()).toEqual([...expected.gradients.keys()].sort());
      const smallest = floor * Math.max(...[...expected.gradients.values()].map(largest));
      for (const [name, gradient] of expected.gradients) {
        const difference = largestDifference(found.gradients.get(name) ?? [], gradient);
        expect(difference / Math.max(largest(gradient), smallest), name).toBeLessThan(tolerance);
      }
    });
  }
});
