import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RandomStream } from '@rose/foundation';
import { type FamilyCase, familyCases, folderWithTokenizer, temporaryFolder } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeBatch, toTensors } from '../batch/batch-tensors.js';
import { collate } from '../batch/token-batch.js';
import { JsonObject } from '../files/json-object.js';
import { DropoutMasks } from '../layers/dropout.js';
import { loadClassifier } from '../load-classifier.js';
import { parseModernBertConfig } from '../modernbert/config.js';
import { outlineModel } from '../outline-model.js';
import { compute, largestDifference } from '../testing/tensors.js';
import { modernBert } from './modernbert.js';

beforeAll(async () => void (await tf.setBackend('cpu')));

function caseOf(name: string): FamilyCase {
  const found = familyCases().find((golden) => golden.name === name);
  if (!found) throw new Error(`There is no case ${name}.`);
  return found;
}

/** The encoder alone, whatever head the case has. */
async function encoderOf(golden: FamilyCase, changes: Readonly<Record<string, unknown>> = {}) {
  const folder = await folderWithTokenizer(golden);
  const path = join(folder, 'config.json');
  const fields = { ...(JSON.parse(await readFile(path, 'utf8')) as object), ...changes };
  const loaded = await modernBert.loadEncoder?.(folder, JsonObject.parse(JSON.stringify(fields), path));
  if (!loaded) throw new Error('The family has no encoder of its own.');
  return loaded;
}

/** Rows of random ids for the cases, whose vocabularies have 24 words or more. */
function randomBatch(lengths: readonly number[]) {
  const stream = RandomStream.of('modernbert', ...lengths);
  const ids = lengths.map((length) => Int32Array.from({ length }, () => 5 + (stream.uint32() % 19)));
  return toTensors(
    collate(
      ids.map((row) => ({ ids: row, typeIds: new Int32Array(row.length) })),
      { padId: 4 },
    ),
  );
}

describe('the states of the first tokens alone', () => {
  it.each([
    ['modernbert', 'the last layer is global', [23, 19, 2]],
    ['modernbert-norm-bias', 'the last layer is local', [23, 19, 2]],
    ['modernbert-all-biases', 'all layers have biases', [23, 3]],
    ['modernbert-norm-bias', 'rows are within reach', [5, 2]],
    ['modernbert-norm-bias', 'rows are cut into blocks', [150, 129, 7]],
  ] as const)('are the first of all: %s, %s', async (name, _, lengths) => {
    const { encoder, width, dispose } = await encoderOf(caseOf(name), { max_position_embeddings: 200 });
    const batch = randomBatch(lengths);
    const all = await compute(() => encoder.hiddenStates(batch));
    const first = await compute(() => encoder.firstStates(batch));
    const expected = lengths.flatMap((_, row) => [...all.subarray(row * batch.length * width).subarray(0, width)]);
    expect(largestDifference(first, expected)).toBeLessThan(1e-5);
    disposeBatch(batch);
    dispose();
  });
});

it('a row has the same states however far it is padded, also in blocks', async () => {
  const { encoder, width, dispose } = await encoderOf(caseOf('modernbert'), { max_position_embeddings: 200 });
  const [short, long] = [randomBatch([23]), randomBatch([23, 150])];
  const padded = toTensors({
    ...{ rows: 1, length: 150, typeIds: new Int32Array(150) },
    ids: Int32Array.from({ length: 150 }, (_, i) => short.ids.dataSync()[i] ?? 4),
    mask: Float32Array.from({ length: 150 }, (_, i) => (i < 23 ? 1 : 0)),
  });
  const [near, far] = [
    await compute(() => encoder.hiddenStates(short)),
    await compute(() => encoder.hiddenStates(padded)),
  ];
  expect(largestDifference(far.subarray(0, 23 * width), near)).toBeLessThan(1e-5);
  [short, long, padded].forEach(disposeBatch);
  dispose();
});

it('leaves no tensor behind, and makes its tables once', async () => {
  const before = tf.memory().numTensors;
  const { encoder, dispose } = await encoderOf(caseOf('modernbert'));
  const batch = randomBatch([23]);
  const pass = async () => void (await compute(() => encoder.firstStates(batch)));
  await pass();
  const once = tf.memory().numTensors;
  await pass();
  expect(tf.memory().numTensors).toBe(once);
  disposeBatch(batch);
  dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('drops where Hugging Face does: embeddings, probabilities, attention outputs, gated products', async () => {
  const { encoder, dispose } = await encoderOf(caseOf('modernbert'), {
    ...{ embedding_dropout: 0.1, attention_dropout: 0.2, mlp_dropout: 0.3 },
  });
  const batch = randomBatch([6]);
  const asked: [number[], number][] = [];
  const masks = new DropoutMasks(RandomStream.of(1));
  const { next } = masks;
  masks.next = (shape, rate) => (asked.push([[...shape], rate]), next.call(masks, shape, rate));
  tf.tidy(() => encoder.hiddenStates(batch, { dropout: masks }));
  const layer = [
    [[1, 3, 6, 6], 0.2],
    [[6, 12], 0.2],
    [[6, 10], 0.3],
  ];
  expect(asked).toEqual([[[6, 12], 0.1], ...layer, ...layer, ...layer, ...layer]);
  masks.dispose();
  disposeBatch(batch);
  dispose();
});

it('goes on with perturbed embeddings', async () => {
  const { encoder, dispose } = await encoderOf(caseOf('modernbert'));
  const batch = randomBatch([6]);
  const usual = await compute(() => encoder.firstStates(batch));
  const moved = await compute(() =>
    encoder.firstStates(batch, { perturb: (x) => tf.add(x, tf.mul(x, tf.range(0, 12))) }),
  );
  expect(largestDifference(usual, moved)).toBeGreaterThan(0.01);
  disposeBatch(batch);
  dispose();
});

it('takes dense layer and norm of the head from a masked language model, and saves what it reads again', async () => {
  const model = await folderWithTokenizer(caseOf('modernbert-mlm'));
  const classifier = await loadClassifier({ model, classes: 3, seed: 1, pooling: 'mean' });
  expect(classifier.freshParameters).toEqual(['classifier.weight', 'classifier.bias']);
  const folder = await temporaryFolder();
  await classifier.saveTo(folder);
  const again = await loadClassifier({ model: folder, classes: 3, seed: 2 });
  const batch = randomBatch([9, 4]);
  expect(await compute(() => again.logits(batch))).toEqual(await compute(() => classifier.logits(batch)));
  const first = await loadClassifier({ model: folder, classes: 3, seed: 2, pooling: 'cls' });
  await first.saveTo(folder);
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
  expect(config['classifier_pooling']).toBe('cls');
  expect(config['architectures']).toEqual(['ModernBertForSequenceClassification']);
  disposeBatch(batch);
  [classifier, again, first].forEach((each) => each.dispose());
});

describe('config.json', () => {
  const small = {
    ...{ vocab_size: 24, hidden_size: 8, num_hidden_layers: 4 },
    num_attention_heads: 2,
    intermediate_size: 10,
  };
  const parse = (fields: object) =>
    parseModernBertConfig(JsonObject.parse(JSON.stringify({ ...small, ...fields }), 'config.json'));

  it("has Hugging Face's defaults", () => {
    expect(parse({})).toMatchObject({
      ...{ positions: 8192, reach: 64, ropeBases: { global: 160_000, local: 10_000 } },
      spans: ['global', 'local', 'local', 'global'],
      ...{ activation: 'gelu', headActivation: 'gelu', layerNormEpsilon: 1e-5, pooling: 'cls' },
      ...{ attentionBias: false, feedForwardBias: false, normBias: false, headBias: false, decoderBias: true },
      ...{ embeddingDropout: 0, attentionDropout: 0, feedForwardDropout: 0, classifierDropout: 0 },
    });
  });

  it.each([
    [{ global_attn_every_n_layers: 2 }, { spans: ['global', 'local', 'global', 'local'] }],
    [
      { layer_types: Array(4).fill('sliding_attention'), global_attn_every_n_layers: 2 },
      { spans: Array(4).fill('local') },
    ],
    [{ local_attention: 7 }, { reach: 3 }],
    [{ sliding_window: 5 }, { reach: 5 }],
    [{ global_rope_theta: 5, local_rope_theta: 6 }, { ropeBases: { global: 5, local: 6 } }],
    [
      { rope_parameters: { full_attention: { rope_theta: 7 } }, global_rope_theta: 5 },
      { ropeBases: { global: 7, local: 10_000 } },
    ],
  ])('%j', (fields, read) => {
    expect(parse(fields)).toMatchObject(read);
  });

  it.each([
    [
      'rope_parameters.full_attention.rope_type',
      { rope_parameters: { full_attention: { rope_type: 'yarn', factor: 2 } } },
    ],
    ['rope_parameters.sliding_attention.rope_type', { rope_parameters: { sliding_attention: { type: 'linear' } } }],
    ['rope_parameters.rope_theta', { rope_parameters: { rope_theta: 500 } }],
    ['rope_scaling', { rope_scaling: { type: 'linear', factor: 2 } }],
    ['local_rope_theta', { local_rope_theta: null }],
    ['rope_theta', { rope_parameters: { full_attention: { rope_theta: -1 } } }],
    ['layer_types', { layer_types: ['full_attention'] }],
    ['layer_types', { layer_types: Array(4).fill('chunked_attention') }],
    ['head_dim', { head_dim: 8 }],
    ['pairs', { hidden_size: 6 }],
    ['hidden_activation', { hidden_activation: 'mish' }],
    ['classifier_activation', { classifier_activation: 'mish' }],
    ['classifier_pooling', { classifier_pooling: 'max' }],
    ['norm_bias', { norm_bias: 1 }],
  ])('refuses "%s": %j', (key, fields) => {
    let message = '';
    try {
      parse(fields);
    } catch (error) {
      message = `${(error as Error).message} ${(error as { hint?: string }).hint ?? ''}`;
    }
    expect(message).toContain(key);
  });

  it('says what a model is', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'config.json'),
      JSON.stringify({ model_type: 'modernbert', ...small, mlp_dropout: 0.2 }),
    );
    expect(await outlineModel(folder)).toEqual({
      ...{ family: 'modernbert', mostTokens: 8192, layers: 4, dropoutRate: 0.2, poolings: ['cls', 'mean'] },
    });
  });
});
