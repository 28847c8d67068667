import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type TextClassifier, loadClassifier } from '@rose/encoders';
import { type Example, dataFolder, embeddedSource, findTask, folderSource, subset } from '@rose/glue';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochBatches } from './batches.js';
import { predictionBatches } from './predict-batches.js';

const hub = `${dataFolder()}/hub`;
const minilm = fileURLToPath(new URL('../../../.cache/all-MiniLM-L6-v2', import.meta.url));
const missing = [hub, `${minilm}/tokenizer.json`].filter((path) => !existsSync(path));
const unlessMissing = missing.length === 0 ? '' : ` (skipped: there is no ${missing.join(' and no ')})`;

const sst2 = findTask('sst2');
const words = ({ texts }: Example) => texts.join(' ').trim().split(/\s+/).length;

interface Shaped {
  readonly rows: number;
  readonly length: number;
}

/** The share of all tokens that are padding, and the number of different shapes. */
function waste(lengths: readonly number[], batches: readonly Shaped[]) {
  const real = lengths.reduce((sum, length) => sum + length, 0);
  const all = batches.reduce((sum, { rows, length }) => sum + rows * length, 0);
  return { padding: 1 - real / all, shapes: new Set(batches.map(({ rows, length }) => `${rows} × ${length}`)).size };
}

describe('real texts', () => {
  beforeAll(() => tf.setBackend('cpu'));
  const models: TextClassifier[] = [];
  afterAll(() => models.forEach((model) => model.dispose()));
  const tokensOf = async (model: string, examples: readonly Example[]) => {
    const loaded = await loadClassifier({ model, classes: 2, seed: 1, maxLength: 128 });
    models.push(loaded);
    return examples.map(({ texts }) => loaded.tokenizer.encode(texts, 128).ids.length);
  };

  const expectLittleWaste = (lengths: readonly number[], most: number) => {
    for (const batchSize of [16, 32]) {
      const batches = epochBatches(lengths, { batchSize, seed: 1, epoch: 0 });
      const { padding, shapes } = waste(
        lengths,
        batches.map(({ rows, length }) => ({ rows: rows.length, length })),
      );
      expect(padding).toBeLessThan(0.1);
      expect(shapes).toBeLessThanOrEqual(most);
    }
  };

  it('mini-GLUE with the pieces of USE-lite: training pads less than a tenth', async () => {
    expectLittleWaste(await tokensOf('use-lite', await embeddedSource().load(sst2, 'train')), 7);
  });

  describe.skipIf(missing.length > 0)(`SST-2 with the pieces of MiniLM${unlessMissing}`, () => {
    const load = (split: 'train' | 'dev') => folderSource().load(sst2, split);

    it('training pads less than a tenth', async () => {
      expectLittleWaste(await tokensOf(minilm, await load('train')), 13);
    });

    it('training on 4,000 texts of at least 12 words pads less than a tenth', async () => {
      const long = (await load('train')).filter((example) => words(example) >= 12);
      expectLittleWaste(await tokensOf(minilm, subset(long, { size: 4000, seed: 0, stratified: true })), 8);
    });

    it('predicting the dev split pads little in few shapes', async () => {
      const lengths = await tokensOf(minilm, await load('dev'));
      const { padding, shapes } = waste(lengths, predictionBatches(lengths, { batchSize: 32, maxLength: 128 }));
      expect(padding).toBeLessThan(0.14);
      expect(shapes).toBeLessThanOrEqual(9);
    });
  });
});
