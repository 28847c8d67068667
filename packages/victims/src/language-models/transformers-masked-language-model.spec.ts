import { InputError } from '@rose/foundation';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '@rose/testing';
import { tinyMaskedLanguageModel, tinyVocabulary } from '../testing/tiny-onnx.js';
import { topIndices } from './top-tokens.js';
import { transformersMaskedLanguageModel, transformersScorer } from './transformers-masked-language-model.js';

/** What each token predicts at its place, with logits; every other token has −9. */
async function modelOf(predictions: Record<string, Record<string, number>>) {
  const vocabulary = await tinyVocabulary();
  const tokens = Object.keys(vocabulary);
  const table = tokens.map((token) => tokens.map((other) => predictions[token]?.[other] ?? -9));
  return transformersMaskedLanguageModel({
    model: await tinyMaskedLanguageModel(await temporaryFolder(), table),
    threads: 1,
  });
}

describe('a masked language model of transformers.js', () => {
  it('fills the mask with the likeliest tokens, never special ones, and says which begin a word', async () => {
    const model = await modelOf({ '[MASK]': { good: 2, '##ly': 1, '[SEP]': 5, '[PAD]': 4, bad: 0 } });
    const [first, second] = await model.fill(
      [
        { before: 'a ', after: ' film' },
        { before: '', after: ' and this is a longer text .' },
      ],
      3,
    );
    expect(first?.map(({ text, startsWord }) => [text, startsWord])).toEqual([
      ['good', true],
      ['ly', false],
      ['bad', true],
    ]);
    expect((first?.[0]?.probability ?? 0) / (first?.[2]?.probability ?? 1)).toBeCloseTo(Math.exp(2), 2);
    expect(second).toEqual(first);
    expect(model).toMatchObject({ hash: expect.stringMatching(/^\w{16}$/) as string });
  });

  it('has no answer beyond its length, and keeps order over many texts', async () => {
    const model = await modelOf({ '[MASK]': { good: 1 } });
    const texts = Array.from({ length: 19 }, (_, i) => ({ before: 'film '.repeat(i * 4), after: '' }));
    const found = await model.fill(texts, 1);
    // 40 positions, of which two are special.
    expect(found.map((predictions) => predictions[0]?.text)).toEqual(
      texts.map((_, i) => (i * 4 < 38 ? 'good' : undefined)),
    );
    expect(await model.fill([], 5)).toEqual([]);
  });

  it('sees every token of an unmasked word', async () => {
    const model = await modelOf({ un: { very: 1, un: 3 }, '##like': { '##able': 2 }, film: { movie: 1 } });
    const texts = [
      { before: 'a "', word: 'unlike', after: '" film' },
      { before: '', word: 'Film', after: '!' },
      { before: 'good '.repeat(50), word: 'film', after: '' },
    ];
    const [pieces, whole, none] = (await model.reconstruct?.(texts, 2)) ?? [];
    expect(pieces?.map((position) => position.map(({ text }) => text)[0])).toEqual(['un', 'able']);
    expect(pieces?.[1]?.[0]?.startsWord).toBe(false);
    expect(whole).toHaveLength(1);
    expect(whole?.[0]?.[0]?.text).toBe('movie');
    expect(none).toEqual([]);
  });

  it('is refused without a mask, and where it cannot be reached', async () => {
    const tokenizer = Object.assign(() => undefined, {
      mask_token: null,
      all_special_ids: [],
      get_vocab: () => new Map(),
    });
    const pair = { tokenizer, model: {} } as unknown as Parameters<typeof transformersScorer>[0];
    expect(() => transformersScorer(pair, { name: 'x' })).toThrow(InputError);
    const { env } = await import('@huggingface/transformers');
    const allowed = env.allowRemoteModels;
    onTestFinished(() => void (env.allowRemoteModels = allowed));
    env.allowRemoteModels = false;
    await expect(transformersMaskedLanguageModel({ model: 'no/such', threads: 1 })).rejects.toThrow(InputError);
  });
});

it('finds the largest values', () => {
  expect(topIndices(Float32Array.of(1, 5, 3, 5, 2), 3)).toEqual([1, 3, 2]);
  expect(topIndices(Float32Array.of(1, 2), 5)).toEqual([1, 0]);
  expect(topIndices(Float32Array.of(1, 2), 0)).toEqual([]);
});
