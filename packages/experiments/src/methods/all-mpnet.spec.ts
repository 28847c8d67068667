import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startBackend } from '@rose/backends';
import { loadMeanPoolingEncoder, readTokenizer } from '@rose/encoders';
import { beforeAll, describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../../../.cache/all-mpnet-base-v2', import.meta.url));
const missing = !existsSync(folder);
const fixture = new URL('../testing/fixtures/mpnet-goldens.json', import.meta.url);
const goldens = JSON.parse(readFileSync(fixture, 'utf8')) as {
  readonly sentences: readonly string[];
  readonly ids: readonly (readonly number[])[];
  readonly firstComponents: readonly (readonly number[])[];
  readonly similarities: readonly (readonly number[])[];
};

const largestDifference = (a: readonly number[], b: readonly number[]) =>
  Math.max(...b.map((x, i) => Math.abs((a[i] ?? NaN) - x)));

// The real model of base size, on the backend that people use: plain JavaScript would take minutes.
describe.skipIf(missing)(`all-mpnet-base-v2${missing ? ' (not there: run tools/fetch-mpnet.sh)' : ''}`, () => {
  beforeAll(() => startBackend({ name: 'ort', threads: 1 }));

  it('has the token ids of Python', async () => {
    const tokenizer = await readTokenizer(folder);
    expect(goldens.sentences.map((text) => [...tokenizer.encode([text], 256).ids])).toEqual(goldens.ids);
  });

  it('embeds sentences as PyTorch does', async () => {
    const encoder = await loadMeanPoolingEncoder(folder);
    expect([encoder.name, encoder.dimensions]).toEqual(['all-mpnet-base-v2', 768]);
    const vectors = (await encoder.embed(goldens.sentences)).map((vector) => [...vector]);
    encoder.dispose();
    const similarity = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
    vectors.forEach((vector, row) => {
      expect(largestDifference(vector, goldens.firstComponents[row] ?? [])).toBeLessThan(1e-5);
      const similarities = vectors.map((other) => similarity(vector, other));
      expect(largestDifference(similarities, goldens.similarities[row] ?? [])).toBeLessThan(1e-5);
    });
  }, 120_000);
});
