import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputError } from '@rose/foundation';
import { type FamilyCase, familyCases, folderWithTokenizer, temporaryFolder } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BatchTensors, disposeBatch, toTensors } from '../batch/batch-tensors.js';
import { collate } from '../batch/token-batch.js';
import { JsonObject } from '../files/json-object.js';
import { loadClassifier } from '../load-classifier.js';
import type { LoadedEncoder } from '../model/family.js';
import { outlineModel } from '../outline-model.js';
import { readSafetensors } from '../safetensors/read-safetensors.js';
import { type WritableTensor, writeSafetensors } from '../safetensors/write-safetensors.js';
import { compute } from '../testing/tensors.js';
import { debertaV2 } from './deberta-v2.js';

const cases = familyCases().filter(({ modelType }) => modelType === 'deberta-v2');

function caseOf(name: string): FamilyCase {
  const found = cases.find((golden) => golden.name === name);
  if (!found) throw new Error(`There is no case ${name}.`);
  return found;
}

const batchOf = ({ sequences, padId }: FamilyCase): BatchTensors => toTensors(collate(sequences, { padId }));

async function configOf(folder: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
}

/** A case's folder with other values in its config.json. */
async function changed(golden: FamilyCase, fields: Record<string, unknown>): Promise<string> {
  const folder = await folderWithTokenizer(golden);
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...(await configOf(folder)), ...fields }));
  return folder;
}

async function load(folder: string): Promise<LoadedEncoder> {
  const where = join(folder, 'config.json');
  const loaded = await debertaV2.loadEncoder?.(folder, JsonObject.parse(await readFile(where, 'utf8'), where));
  if (!loaded) throw new Error('The family has no encoder that stands alone.');
  return loaded;
}

it('has the first token right where the convolution follows the last layer', async () => {
  await tf.setBackend('cpu');
  const golden = caseOf('deberta-v2-convolution');
  const folder = await changed(golden, { num_hidden_layers: 1 });
  const path = join(folder, 'model.safetensors');
  const { tensors } = await readSafetensors(path);
  await writeSafetensors(path, new Map([...tensors].filter(([name]) => !name.includes('.layer.1.'))));
  const { encoder, width, dispose } = await load(folder);
  const batch = batchOf(golden);
  const all = await compute(() => encoder.hiddenStates(batch));
  const first = await compute(() => encoder.firstStates(batch));
  expect(first.subarray(0, width)).toEqual(all.subarray(0, width));
  const second = batch.length * width;
  expect(first.subarray(width)).toEqual(all.subarray(second, second + width));
  disposeBatch(batch);
  dispose();
});

describe('a classifier', () => {
  beforeAll(async () => void (await tf.setBackend('cpu')));

  it.each(['deberta-v3', 'deberta-v2-own-keys', 'deberta-v2-convolution'])(
    'is saved and read again: %s',
    async (name) => {
      const golden = caseOf(name);
      const model = await loadClassifier({
        model: await folderWithTokenizer(golden),
        classes: golden.classes,
        seed: 1,
      });
      const folder = await temporaryFolder();
      await model.saveTo(folder);
      const again = await loadClassifier({ model: folder, classes: golden.classes, seed: 2 });
      const batch = batchOf(golden);
      expect(again.freshParameters).toEqual([]);
      expect(await compute(() => again.logits(batch))).toEqual(await compute(() => model.logits(batch)));
      expect(await configOf(folder)).toMatchObject({ architectures: ['DebertaV2ForSequenceClassification'] });
      disposeBatch(batch);
      model.dispose();
      again.dispose();
    },
  );

  it('draws head and pooler over a checkpoint of pretraining, whose own heads and positions are left aside', async () => {
    const golden = caseOf('deberta-v3');
    const folder = await folderWithTokenizer(golden);
    const path = join(folder, 'model.safetensors');
    const { tensors } = await readSafetensors(path);
    const published = new Map<string, WritableTensor>(
      [...tensors].filter(([name]) => !/^(pooler|classifier)\./.test(name)),
    );
    const scrap = { shape: [1], data: new Float32Array(1) };
    for (const name of [
      'lm_predictions.lm_head.dense.weight',
      'mask_predictions.classifier.bias',
      'deberta.embeddings.position_embeddings.weight',
      'deberta.embeddings.position_ids',
    ]) {
      published.set(name, scrap);
    }
    await writeSafetensors(path, published);
    const model = await loadClassifier({ model: folder, classes: 2, seed: 1 });
    expect(model.freshParameters).toEqual([
      'pooler.dense.weight',
      'pooler.dense.bias',
      'classifier.weight',
      'classifier.bias',
    ]);
    model.dispose();
  });

  it.each(['deberta-v3', 'deberta-v2-own-keys', 'deberta-v2-convolution', 'deberta-v2-absolute'])(
    'tells every parameter from every other, by kind and role and by label: %s',
    async (name) => {
      const golden = caseOf(name);
      const model = await loadClassifier({
        model: await folderWithTokenizer(golden),
        classes: golden.classes,
        seed: 1,
      });
      const roles = [...model.roles.values()];
      expect(new Set(roles.map(({ layer, kind, role }) => `${layer} ${kind} ${role}`)).size).toBe(roles.length);
      expect(new Set(roles.map(({ layer, block, label }) => `${layer ?? block} ${label}`)).size).toBe(roles.length);
      model.dispose();
    },
  );

  it('says its sizes', async () => {
    expect(await outlineModel(await changed(caseOf('deberta-v3'), { cls_dropout: 0.3, pooler_dropout: 0.2 }))).toEqual({
      ...{ family: 'deberta-v2', mostTokens: 24, layers: 2, dropoutRate: 0.3, poolings: ['cls', 'mean'] },
    });
  });
});

describe('a config.json', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ attention_head_size: 5 }, '"attention_head_size" 5 is not supported'],
    [{ pooler_hidden_size: 8 }, '"pooler_hidden_size" 8 is not supported where "hidden_size" is 12'],
    [{ pos_att_type: ['c2p', 'p2p'] }, '"pos_att_type" p2p is not supported'],
    [{ pos_att_type: [7] }, '"pos_att_type" 7 is not supported'],
    [{ pos_att_type: null }, 'no effect without "pos_att_type"'],
    [{ norm_rel_ebd: 'batch_norm' }, '"norm_rel_ebd" batch_norm is not supported'],
    [{ position_buckets: 8, max_relative_positions: 4 }, 'cannot be shared out among 4 relative positions'],
    [{ position_buckets: 1 }, '"position_buckets" 1'],
    [{ position_buckets: 2.5 }, '"position_buckets" should be a positive whole number'],
    [{ conv_kernel_size: 4 }, '"conv_kernel_size" 4 is not supported'],
    [{ conv_kernel_size: 3, conv_groups: 2 }, '"conv_groups" 2 is not supported'],
    [{ share_att_key: 'yes' }, '"share_att_key" should be true or false and is "yes"'],
    [{ pooler_hidden_act: 'mish' }, 'activation "mish"'],
  ])('is refused: %o', async (fields, message) => {
    const folder = await changed(caseOf('deberta-v3'), fields);
    const error = await outlineModel(folder).then(
      () => undefined,
      (thrown: InputError) => thrown,
    );
    expect(error?.message).toContain(message);
    expect(error?.where).toBe(join(folder, 'config.json'));
    expect(error?.hint).toBeTruthy();
  });
});
