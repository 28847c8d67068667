import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, RandomStream } from '@rose/foundation';
import { temporaryFolder } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { toTensors } from './batch/batch-tensors.js';
import { loadMeanPoolingEncoder } from './load-sentence-encoder.js';
import { type LoadOptions, loadClassifier } from './load-classifier.js';
import { readSafetensors, type StoredTensor } from './safetensors/read-safetensors.js';
import { writeSafetensors } from './safetensors/write-safetensors.js';
import { fixture } from './testing/fixtures.js';
import { collate } from './batch/token-batch.js';

beforeAll(() => tf.setBackend('cpu'));

/** A copy of the tiny BERT whose weights or config may be spoilt. */
async function spoiltModel(
  spoilWeights: (tensors: Map<string, StoredTensor>) => void = () => undefined,
  config: Record<string, unknown> = {},
): Promise<string> {
  const folder = await temporaryFolder();
  await cp(fixture('tiny-bert'), folder, { recursive: true });
  const weights = join(folder, 'model.safetensors');
  const tensors = new Map((await readSafetensors(weights)).tensors);
  spoilWeights(tensors);
  await writeSafetensors(weights, tensors);
  const fields = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...fields, ...config }));
  return folder;
}

async function refusal(model: string, options: Partial<LoadOptions> = {}): Promise<InputError> {
  const before = tf.memory().numTensors;
  const error = await loadClassifier({ model, classes: 3, seed: 1, ...options }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(tf.memory().numTensors).toBe(before);
  return error as InputError;
}

const stored = (...shape: number[]): StoredTensor => ({
  dtype: 'F32',
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.5),
});

describe('loadClassifier', () => {
  it('keeps the head of the folder where its shape is right', async () => {
    const model = await loadClassifier({ model: fixture('tiny-bert'), classes: 3, seed: 1 });
    expect([model.family, model.classes, model.maxLength, model.freshParameters]).toEqual(['bert', 3, 40, []]);
    expect([...model.parameters.keys()].slice(0, 2)).toEqual([
      'bert.embeddings.word_embeddings.weight',
      'bert.embeddings.position_embeddings.weight',
    ]);
    expect([...model.parameters.keys()].at(-1)).toBe('classifier.bias');
    model.dispose();
  });

  it('draws a head for another number of classes from the seed', async () => {
    const model = await loadClassifier({ model: fixture('tiny-bert'), classes: 2, seed: 7 });
    expect(model.freshParameters).toEqual(['classifier.weight', 'classifier.bias']);
    const stream = RandomStream.of(7, 'head');
    const expected = Float32Array.from({ length: 64 }, () => 0.02 * stream.normal());
    expect(await model.parameters.get('classifier.weight')?.data()).toEqual(expected);
    expect(await model.parameters.get('classifier.bias')?.data()).toEqual(new Float32Array(2));
    model.dispose();
  });

  it('reads files without prefix and pooler, with old names and pre-training heads', async () => {
    const original = (await readSafetensors(fixture('tiny-bert/model.safetensors'))).tensors;
    const folder = await spoiltModel((tensors) => {
      tensors.clear();
      for (const [name, tensor] of original) {
        if (/pooler|classifier/.test(name)) continue;
        tensors.set(
          name
            .replace('bert.', '')
            .replace('LayerNorm.weight', 'LayerNorm.gamma')
            .replace('LayerNorm.bias', 'LayerNorm.beta'),
          tensor,
        );
      }
      tensors.set('embeddings.position_ids', stored(1, 40));
      tensors.set('cls.predictions.bias', stored(60));
    });
    const model = await loadClassifier({ model: folder, classes: 3, seed: 7 });
    expect(model.freshParameters).toEqual([
      'bert.pooler.dense.weight',
      'bert.pooler.dense.bias',
      'classifier.weight',
      'classifier.bias',
    ]);
    const name = 'bert.encoder.layer.1.output.LayerNorm.weight';
    expect(await model.parameters.get(name)?.data()).toEqual(original.get(name)?.data);
    expect(Math.max(...((await model.parameters.get('bert.pooler.dense.weight')?.data()) ?? []))).toBeGreaterThan(0.02);
    model.dispose();
  });

  it('pools by the mean of the real tokens where asked, remembers it, and then has no pooler', async () => {
    const model = await loadClassifier({ model: fixture('tiny-bert'), classes: 2, seed: 7, pooling: 'mean' });
    expect([...model.parameters.keys()].filter((name) => name.includes('pooler'))).toEqual([]);
    const logits = async (classifier: typeof model, rows: readonly string[][]) => {
      const sequences = rows.map((texts) => classifier.tokenizer.encode(texts, 12));
      const batch = toTensors(collate(sequences, { padId: classifier.tokenizer.padId }));
      return (await classifier.logits(batch).data()) as Float32Array;
    };
    // Padding must not count.
    const alone = await logits(model, [['good film']]);
    const beside = await logits(model, [['good film'], ['a very very long and sad film']]);
    expect(beside[0]).toBeCloseTo(alone[0] as number, 5);

    const folder = join(await temporaryFolder(), 'checkpoint');
    await model.saveTo(folder);
    const again = await loadClassifier({ model: folder, classes: 2, seed: 8 });
    expect(await logits(again, [['good film']])).toEqual(alone);
    const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
    expect(config).toMatchObject({ classifier_pooling: 'mean', architectures: [] });
    model.dispose();
    again.dispose();
  });

  it('reads back what it saved, and several models live side by side', async () => {
    const model = await loadClassifier({ model: fixture('tiny-bert'), classes: 2, seed: 7 });
    const folder = join(await temporaryFolder(), 'deep', 'checkpoint');
    await model.saveTo(folder);
    const again = await loadClassifier({ model: folder, classes: 2, seed: 8 });
    expect(again.freshParameters).toEqual([]);
    for (const [name, variable] of model.parameters) {
      expect(await again.parameters.get(name)?.data()).toEqual(await variable.data());
    }
    expect([...again.parameters.keys()]).toEqual([...model.parameters.keys()]);
    expect(again.tokenizer.encode(['a good film', 'warm'], 12)).toEqual(
      model.tokenizer.encode(['a good film', 'warm'], 12),
    );
    const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
    expect(config).toMatchObject({
      model_type: 'bert',
      hidden_size: 32,
      id2label: { 0: 'LABEL_0', 1: 'LABEL_1' },
      initializer_range: 0.25,
    });
    model.dispose();
    again.dispose();
  });
});

describe('loadClassifier refuses', () => {
  it('names and folders that do not exist', async () => {
    expect(await refusal('use-light')).toMatchObject({
      option: 'model',
      hint: expect.stringContaining('"use-lite"') as string,
    });
    expect(await refusal('/no/such/folder')).toMatchObject({
      where: '/no/such/folder',
      option: 'model',
      hint: expect.stringContaining('config.json') as string,
    });
    expect((await refusal(await temporaryFolder())).where).toContain('config.json');
  });

  it('other model types, listing its own', async () => {
    const error = await refusal(await spoiltModel(undefined, { model_type: 'gpt2' }));
    expect(error.message).toContain('"gpt2"');
    expect(error.hint).toContain(
      'bert, roberta, xlm-roberta, distilbert, electra, mpnet, deberta-v2, modernbert, use-lite',
    );
  });

  it('a number of classes that makes no sense', async () => {
    expect(await refusal(fixture('tiny-bert'), { classes: 0 })).toMatchObject({
      message: expect.stringContaining('0 classes') as string,
      option: 'classes',
    });
  });

  it('missing and unknown tensors, by name', async () => {
    const error = await refusal(
      await spoiltModel((tensors) => {
        tensors.delete('bert.encoder.layer.1.output.dense.bias');
        tensors.set('bert.encoder.layer.2.output.dense.bias', stored(32));
      }),
    );
    expect(error.message).toContain('lacks bert.encoder.layer.1.output.dense.bias');
    expect(error.message).toContain('unknown bert.encoder.layer.2.output.dense.bias');
    expect(error.where).toContain('model.safetensors');
  });

  it('tensors of the wrong shape, with both shapes', async () => {
    const name = 'bert.pooler.dense.weight';
    const error = await refusal(await spoiltModel((tensors) => tensors.set(name, stored(32, 31))));
    expect(error.message).toContain(`${name} is [32, 31], wanted [32, 32]`);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ hidden_size: '32' }, '"hidden_size" should be a positive whole number and is "32"'],
    [{ num_hidden_layers: null }, '"num_hidden_layers" should be a positive whole number and is null'],
    [{ num_attention_heads: 5 }, 'among 5 heads'],
    [{ hidden_act: 'mish' }, 'activation "mish"'],
    [{ hidden_dropout_prob: 1 }, '"hidden_dropout_prob" should be a number in [0, 1)'],
    [{ layer_norm_eps: 0 }, '"layer_norm_eps" should be a positive number'],
    [{ position_embedding_type: 'relative_key' }, 'relative_key'],
    [{ model_type: 7 }, '"model_type" should be a string'],
    [{ vocab_size: 59 }, 'The tokenizer has 60 ids'],
  ])('a config.json with %j', async (config, message) => {
    expect((await refusal(await spoiltModel(undefined, config))).message).toContain(message);
  });

  it('more tokens than there are positions', async () => {
    expect(await refusal(fixture('tiny-bert'), { maxLength: 41 })).toMatchObject({
      hint: expect.stringContaining('at most 40') as string,
      option: 'maxLength',
    });
  });

  it('pooling in a family that has one way only', async () => {
    expect(await refusal('use-lite', { pooling: 'mean' })).toMatchObject({
      message: "Encoders of the family 'use-lite' pool in one way only.",
      option: 'pooling',
    });
  });

  it('folders with files missing or cut short', async () => {
    const folder = await spoiltModel();
    const weights = join(folder, 'model.safetensors');
    await writeFile(weights, (await readFile(weights)).subarray(0, 5000));
    expect((await refusal(folder)).where).toBe(weights);
    await rm(weights);
    expect(await refusal(folder)).toMatchObject({
      where: weights,
      hint: expect.stringContaining('model.safetensors') as string,
    });
    await rm(join(folder, 'tokenizer.json'));
    expect(await refusal(folder)).toMatchObject({
      where: join(folder, 'tokenizer.json'),
      hint: expect.stringContaining('tokenizer.json') as string,
    });
  });
});

describe('loadMeanPoolingEncoder', () => {
  it('gives unit vectors in the order of the texts, whatever their number', async () => {
    const before = tf.memory().numTensors;
    const encoder = await loadMeanPoolingEncoder(fixture('tiny-bert'));
    const texts = Array.from({ length: 41 }, (_, i) => 'really '.repeat((7 * i) % 41) + (i % 2 ? 'good' : 'bad'));
    const vectors = await encoder.embed(texts);
    expect(vectors).toHaveLength(41);
    for (const i of [0, 3, 17, 32, 40]) {
      const text = texts[i] ?? '';
      const [alone] = await encoder.embed([text]);
      const cosine = vectors[i]?.reduce((sum, x, j) => sum + x * (alone?.[j] ?? 0), 0);
      expect(cosine).toBeCloseTo(1, 5);
    }
    expect(await encoder.embed([])).toEqual([]);
    encoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses models that pool otherwise, and other families', async () => {
    const folder = await spoiltModel();
    const pooling = join(folder, '1_Pooling');
    await cp(fixture('tiny-bert'), pooling, { recursive: true });
    await writeFile(join(pooling, 'config.json'), '{"pooling_mode_cls_token": true}');
    await expect(loadMeanPoolingEncoder(folder)).rejects.toThrow('does not pool by the mean');
    await expect(loadMeanPoolingEncoder(await spoiltModel(undefined, { model_type: 'gpt2' }))).rejects.toThrow(
      '"gpt2"',
    );
    await expect(loadMeanPoolingEncoder('use-lite')).rejects.toThrow('"use-lite" cannot be read from a folder');
  });
});
