import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@huggingface/transformers';
import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '@rose/testing';
import { tinyClassifier, tinyVocabulary } from '../testing/tiny-onnx.js';
import { openVictim } from '../open-victim.js';
import { type HubModel, type HubTokenizer, describeHubModel } from '../transformers/transformers.js';
import { pipelineVictim, softmax } from './transformers-victim.js';

const labels = ['negative', 'positive'];
const weights: Readonly<Record<string, number>> = { good: 1, great: 2, bad: -1, dull: -3 };

async function folderOf(names: readonly string[]) {
  const vocabulary = await tinyVocabulary();
  const table = Object.keys(vocabulary).map((token) => [(weights[token] ?? 0) / 2, -(weights[token] ?? 0) / 2]);
  return tinyClassifier(await temporaryFolder(), names, table);
}

const positive = (sum: number) => 1 / (1 + Math.exp(-sum));

describe('a transformers.js classifier from a folder', () => {
  it('gives the soft-max of its logits in the order of the task, padding and pairs included', async () => {
    const model = await folderOf(['POSITIVE', 'NEGATIVE']);
    const { victim, description, dispose } = await openVictim({ source: model, labels, threads: 1, settings: {} });
    const rows = await victim.probabilities([['a good film'], ['good and great and good'], ['dull']]);
    [1, 4, -3].forEach((sum, i) => expect(rows[i]?.[1]).toBeCloseTo(positive(sum), 6));
    const pairs = await victim.probabilities([
      ['a good film', 'dull'],
      ['', 'great'],
    ]);
    [-2, 2].forEach((sum, i) => expect(pairs[i]?.[1]).toBeCloseTo(positive(sum), 6));
    expect(description).toMatchObject({
      kind: 'transformers.js',
      dtype: 'fp32',
      hash: expect.stringMatching(/^\w{16}$/) as string,
      version: expect.stringMatching(/^transformers\.js \d/) as string,
    });
    // Beyond the 40 tokens of the model: cut, not refused. No text at all: the special tokens.
    const [long, empty] = await victim.probabilities([['good '.repeat(5000)], ['']]);
    expect(long?.[1]).toBeCloseTo(1, 6);
    expect(empty?.[1]).toBeCloseTo(0.5, 6);
    await dispose();
  });

  it('has one hash in a folder and among the files kept of the hub, that of the weights in use', async () => {
    const cache = await temporaryFolder();
    const before = env.cacheDir;
    env.cacheDir = cache;
    try {
      const folder = await folderOf(labels);
      const own = await describeHubModel({ model: folder });
      const kept = path.join(cache, 'someone', 'classifier');
      await cp(folder, kept, { recursive: true });
      expect(await describeHubModel({ model: 'someone/classifier' })).toEqual({ ...own, name: 'someone/classifier' });
      await writeFile(path.join(kept, 'onnx', 'model_quantized.onnx'), 'other weights');
      expect((await describeHubModel({ model: 'someone/classifier' })).hash).toBe(own.hash);
      expect((await describeHubModel({ model: 'someone/classifier', dtype: 'q8' })).hash).not.toBe(own.hash);
      await expect(describeHubModel({ model: 'someone/else' })).rejects.toThrow(InputError);
    } finally {
      env.cacheDir = before;
    }
  });

  it("is refused where its labels are not the task's, unless they are named", async () => {
    const source = await folderOf(['joy', 'anger']);
    const open = (victimLabels?: string[]) => openVictim({ source, labels, victimLabels, threads: 1, settings: {} });
    await expect(open()).rejects.toThrow(InputError);
    const { victim, dispose } = await open(['anger', 'joy']);
    expect((await victim.probabilities([['great']]))[0]?.[1]).toBeCloseTo(positive(2), 6);
    await dispose();
  });

  it('is refused where there is none', async () => {
    const open = (source: string) => openVictim({ source, labels, threads: 1, settings: {} });
    const folder = await temporaryFolder();
    await expect(open(`transformers:${folder}`)).rejects.toMatchObject({ where: folder, name: 'InputError' });
  });
});

describe('a pipeline', () => {
  const tokenizer = ((texts: readonly string[], options: object) => ({
    input_ids: { tolist: () => texts.map((text) => [text.length]) },
    options,
  })) as unknown as HubTokenizer;
  const modelWith = (config: object, logitOf: (length: number) => number[]) =>
    Object.assign(
      (inputs: { input_ids: { tolist(): number[][] } }) => {
        const rows = inputs.input_ids.tolist().map(([length = 0]) => logitOf(length));
        return Promise.resolve({ logits: { data: Float32Array.from(rows.flat()), dims: [rows.length, 2] } });
      },
      { config, dispose: () => Promise.resolve() },
    ) as unknown as HubModel;

  it('is a victim as it is', async () => {
    const model = modelWith({ id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } }, (length) => [0, length]);
    const victim = pipelineVictim('mine', { tokenizer, model }, { labels });
    expect((await victim.probabilities([['ab'], ['']]))[0]?.[1]).toBeCloseTo(positive(2), 6);
  });

  it('is recorded with its fault where it answers NaN, and refused where it gives several labels', async () => {
    const config = { id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } };
    const nan = pipelineVictim('mine', { tokenizer, model: modelWith(config, () => [NaN, 1]) }, { labels });
    await expect(nan.probabilities([['x']])).rejects.toThrow(/not a finite number/);
    const several = { ...config, problem_type: 'multi_label_classification' };
    const open = () => pipelineVictim('mine', { tokenizer, model: modelWith(several, () => [0, 0]) }, { labels });
    expect(open).toThrow(InputError);
  });

  it('has a soft-max that does not overflow', () => {
    expect(softmax(Float32Array.of(1000, 1000))).toEqual([0.5, 0.5]);
  });
});
