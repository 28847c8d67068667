import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FamilyCase, familyCases, folderWithTokenizer, worstError } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeBatch, toTensors } from '../batch/batch-tensors.js';
import { collate } from '../batch/token-batch.js';
import { JsonObject } from '../files/json-object.js';
import { families } from './families.js';
import { loadClassifier } from '../load-classifier.js';
import { loadMaskedLanguageModel } from '../load-masked-language-model.js';
import { readSafetensors } from '../safetensors/read-safetensors.js';
import { compute, crossEntropy, largestDifference } from '../testing/tensors.js';

/** The largest error of a tensor, as a share of its largest element. Issue 13 asks for 1e-4. */
const tolerance = 2e-5;

/** Logits and loss, and the gradients by name. */
interface Results {
  readonly forward: ReadonlyMap<string, ArrayLike<number>>;
  readonly gradients: ReadonlyMap<string, ArrayLike<number>>;
}

async function goldensOf({ folder }: FamilyCase): Promise<Results> {
  const { tensors } = await readSafetensors(join(folder, 'goldens.safetensors'));
  const named = [...tensors].map(([name, { data }]) => [name, data] as const);
  const prefix = 'gradients.';
  return {
    forward: new Map(named.filter(([name]) => name === 'logits' || name === 'loss')),
    gradients: new Map(
      named.flatMap(([name, data]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), data]] : [])),
    ),
  };
}

/** Mean squared error of the only column of logits, as PyTorch's `MSELoss`. */
const squaredError = (logits: tf.Tensor2D, labels: readonly number[]): tf.Scalar =>
  tf.mean(tf.squaredDifference(tf.reshape(logits, [-1]), tf.tensor1d([...labels])));

/** What our model makes of a case. */
async function resultsOf(golden: FamilyCase): Promise<Results> {
  const { sequences, labels, classes, padId, problem } = golden;
  const model = await loadClassifier({ model: await folderWithTokenizer(golden), classes, seed: 1 });
  expect(model.freshParameters).toEqual([]);
  const batch = toTensors(collate(sequences, { padId }));
  const logits = await compute(() => model.logits(batch));
  const lossOf = problem === 'regression' ? squaredError : crossEntropy;
  const { value, grads } = tf.variableGrads(() => lossOf(model.logits(batch), labels), [...model.parameters.values()]);
  const gradients = new Map<string, ArrayLike<number>>();
  for (const [name, variable] of model.parameters) gradients.set(name, (await grads[variable.name]?.data()) ?? []);
  const loss = await value.data();
  tf.dispose([value, grads]);
  disposeBatch(batch);
  model.dispose();
  return { forward: new Map(Object.entries({ logits, loss })), gradients };
}

/** The last layer's states of the encoder alone, whatever head the case has: at every token, and at the first. */
async function states(golden: FamilyCase): Promise<void> {
  const { sequences, padId, folder, modelType } = golden;
  const { tensors } = await readSafetensors(join(folder, 'goldens.safetensors'));
  const copy = await folderWithTokenizer(golden);
  const path = join(copy, 'config.json');
  const config = JsonObject.parse(readFileSync(path, 'utf8'), path);
  const before = tf.memory().numTensors;
  const loaded = await families.get(modelType)?.loadEncoder?.(copy, config);
  if (!loaded) throw new Error(`Encoders of type ${modelType} do not stand alone.`);
  const { encoder, width, layers } = loaded;
  const expected = tensors.get(`hidden_states.${layers}`)?.data ?? new Float32Array();
  const batch = toTensors(collate(sequences, { padId }));
  const all = await compute(() => encoder.hiddenStates(batch));
  const first = await compute(() => encoder.firstStates(batch));
  const most = tolerance * largestDifference(expected, new Float32Array(expected.length));
  // What stands at padding is nobody's business.
  for (const [row, { ids }] of sequences.entries()) {
    const start = row * batch.length * width;
    const part = (values: Float32Array, tokens: number) => values.subarray(start, start + tokens * width);
    expect(largestDifference(part(all, ids.length), part(expected, ids.length))).toBeLessThan(most);
    expect(largestDifference(first.subarray(row * width, (row + 1) * width), part(expected, 1))).toBeLessThan(most);
  }
  disposeBatch(batch);
  loaded.dispose();
  expect(tf.memory().numTensors).toBe(before);
}

/** The vocabulary scores of a masked language model: at every token of a batch, and at some. */
async function masked(golden: FamilyCase): Promise<void> {
  const { sequences, padId } = golden;
  const expected = (await goldensOf(golden)).forward.get('logits') ?? [];
  const model = await loadMaskedLanguageModel(await folderWithTokenizer(golden));
  const batch = toTensors(collate(sequences, { padId }));
  const size = model.vocabularySize;
  const places = sequences.flatMap(({ ids }, row) => Array.from(ids, (_, i) => row * batch.length + i));
  const all = await compute(() => model.vocabularyLogits(batch));
  expect(all.length).toBe(expected.length);
  const largest = largestDifference(expected, new Float32Array(expected.length));
  for (const place of places) {
    const rows = [all, Float32Array.from(expected)].map((values) => values.subarray(place * size, (place + 1) * size));
    const [found = [], golden = []] = rows;
    expect(largestDifference(found, golden) / largest).toBeLessThan(tolerance);
  }
  const some = await compute(() => model.vocabularyLogits(batch, tf.tensor1d([places[3] ?? 0, 0], 'int32')));
  expect(some.subarray(size)).toEqual(all.subarray(0, size));
  disposeBatch(batch);
  model.dispose();
}

describe("every family against Python's transformers", () => {
  beforeAll(async () => void (await tf.setBackend('cpu')));

  const cases = familyCases();
  const named = (problems: readonly FamilyCase['problem'][]) =>
    cases.flatMap((golden) => (problems.includes(golden.problem) ? [[golden.name, golden] as const] : []));

  it.each(named(['classification', 'regression']))('%s', async (_, golden) => {
    const expected = await goldensOf(golden);
    const found = await resultsOf(golden);
    const inForward = worstError(found.forward, expected.forward);
    expect(inForward.error, inForward.name).toBeLessThan(tolerance);
    const inGradients = worstError(found.gradients, expected.gradients);
    expect(inGradients.error, inGradients.name).toBeLessThan(tolerance);
  });

  it.each(cases.map((golden) => [golden.name, golden] as const))('%s: states', (_, golden) => states(golden));

  it.each(named(['masked-lm']))('%s', (_, golden) => masked(golden));
});
