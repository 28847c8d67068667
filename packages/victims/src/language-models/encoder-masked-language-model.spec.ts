import { collate, disposeBatch, loadMaskedLanguageModel, toTensors } from '@rose/encoders';
import { caseWords, folderWithWords } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { softmax } from '../kinds/transformers-victim.js';
import { encoderMaskedLanguageModel } from './encoder-masked-language-model.js';
import { isOfOurEncoders, openMaskedLanguageModel } from './open-masked-language-model.js';

beforeAll(() => tf.setBackend('cpu'));

/** What the network itself says of one token of a text, without padding. */
async function probabilitiesAt(folder: string, ids: readonly number[], position: number): Promise<number[]> {
  const model = await loadMaskedLanguageModel(folder);
  const sequence = { ids: Int32Array.from(ids), typeIds: new Int32Array(ids.length) };
  const batch = toTensors(collate([sequence], { padId: 0 }));
  const logits = tf.tidy(() => model.vocabularyLogits(batch));
  const values = (await logits.data()) as Float32Array;
  logits.dispose();
  disposeBatch(batch);
  model.dispose();
  return softmax(values.subarray(position * caseWords.length, (position + 1) * caseWords.length));
}

it.each(['bert-mlm', 'bert-mlm-untied'])(
  'fills a mask as its network says, whatever stands beside it: %s',
  async (name) => {
    const folder = await folderWithWords(name);
    const model = await openMaskedLanguageModel(folder, { threads: 1 });
    const expected = (await probabilitiesAt(folder, [2, 5, 4, 9, 3], 2))
      .map((probability, id) => ({ word: caseWords[id] ?? '', probability, id }))
      .filter(({ id }) => id > 4)
      .sort((a, b) => b.probability - a.probability)
      .slice(0, 4);
    const texts = Array.from({ length: 11 }, (_, i) => ({ before: 'a ', after: ` film${' very'.repeat(i % 4)}` }));
    const found = await model.fill(texts, 4);
    for (const [i, { after }] of texts.entries()) {
      if (after !== ' film') continue;
      expect(found[i]?.map(({ text }) => text)).toEqual(expected.map(({ word }) => word.replace('##', '')));
      expect(found[i]?.map(({ startsWord }) => startsWord)).toEqual(expected.map(({ word }) => !word.startsWith('##')));
      found[i]?.forEach(({ probability }, k) => expect(probability).toBeCloseTo(expected[k]?.probability ?? NaN, 5));
    }
    expect(found.map((predictions) => predictions.length)).toEqual(texts.map(() => 4));
    expect(model).toMatchObject({ version: 'rose bert', hash: expect.stringMatching(/^\w{16}/) as string });
    expect(await model.fill([], 3)).toEqual([]);
  },
);

it('sees every token of an unmasked word, and none beyond its length', async () => {
  const folder = await folderWithWords('bert-mlm');
  const model = await encoderMaskedLanguageModel(folder);
  const [pieces, none] =
    (await model.reconstruct?.(
      [
        { before: 'a ', word: 'unlikeable', after: ' film' },
        { before: 'good '.repeat(60), word: 'film', after: '' },
      ],
      1,
    )) ?? [];
  expect(pieces).toHaveLength(3);
  const expected = await probabilitiesAt(folder, [2, 5, 12, 13, 14, 9, 3], 3);
  const best = expected
    .map((p, id) => (id > 4 ? p : 0))
    .reduce((top, p, id, all) => (p > (all[top] ?? 0) ? id : top), 0);
  expect(pieces?.[1]?.[0]?.text).toBe(caseWords[best]?.replace('##', ''));
  expect(none).toEqual([]);
});

it('refuses a model without mask, and one without a masked-language head', async () => {
  await expect(encoderMaskedLanguageModel(await folderWithWords('bert'))).rejects.toThrow('lacks cls.predictions');
  expect(isOfOurEncoders('Xenova/bert-base-uncased')).toBe(false);
});
