import { existsSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../safetensors/read-safetensors.js';
import { MINILM_FOLDER, fixture, readJsonFixture } from '../testing/fixtures.js';
import { largestDifference } from '../testing/tensors.js';
import { HuggingFaceTokenizer } from '../tokenizers/hugging-face-tokenizer.js';
import { loadMeanPoolingEncoder } from '../load-sentence-encoder.js';

const missing = !existsSync(MINILM_FOLDER);
const goldens = readJsonFixture<{ sentences: string[]; long: string[]; ids: number[][] }>('minilm-goldens.json');

describe.skipIf(missing)(`all-MiniLM-L6-v2${missing ? ' (not there: run tools/fetch-minilm.sh)' : ''}`, () => {
  beforeAll(() => tf.setBackend('cpu'));

  it('has the token ids of Python', async () => {
    const tokenizer = await HuggingFaceTokenizer.read(MINILM_FOLDER);
    const texts = [...goldens.sentences, ...goldens.long];
    expect(texts.map((text) => [...tokenizer.encode([text], 256).ids])).toEqual(goldens.ids);
  });

  it('embeds sentences as PyTorch does', async () => {
    const { tensors } = await readSafetensors(fixture('minilm-goldens.safetensors'));
    const expected = tensors.get('embeddings')?.data ?? new Float32Array();
    const encoder = await loadMeanPoolingEncoder(MINILM_FOLDER);
    expect([encoder.name, encoder.dimensions]).toEqual(['all-MiniLM-L6-v2', 384]);
    const vectors = await encoder.embed(goldens.sentences);
    encoder.dispose();
    vectors.forEach((vector, row) => {
      expect(
        largestDifference(vector, expected.subarray(384 * row, 384 * row + 384)),
        goldens.sentences[row],
      ).toBeLessThan(1e-5);
    });
  }, 180_000);
});
