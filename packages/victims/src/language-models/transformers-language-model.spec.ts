import { InputError, RandomStream } from '@rose/foundation';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '@rose/testing';
import { tinyCausalLanguageModel, tinyMaskedLanguageModel, tinyVocabulary } from '../testing/tiny-onnx.js';
import { loadFromHub } from '../transformers/transformers.js';
import { openLanguageModel } from './language-model.js';
import { causalLanguageModel, transformersLanguageModel } from './transformers-language-model.js';

/** The tiny model's positions, and what a further look at a longer text adds. */
const [MOST, STRIDE] = [40, 20];

/** A model with drawn logits, and its perplexity by the book: a soft-max for each token, over the context it may see. */
async function drawn() {
  const vocabulary = await tinyVocabulary();
  const size = Object.keys(vocabulary).length;
  const random = RandomStream.of('transformers-language-model.spec');
  const table = Array.from({ length: size }, () => Array.from({ length: size }, () => Math.fround(random.normal())));
  const perplexity = (words: readonly string[]) => {
    const ids = words.map((word) => vocabulary[word] ?? NaN);
    const logs = ids.slice(1).map((id, i) => {
      const target = i + 1;
      const begins = target < MOST ? 0 : target - ((target - MOST) % STRIDE) + STRIDE - MOST;
      const context = ids.slice(begins, target);
      const powers = Array.from({ length: size }, (_, token) =>
        Math.exp(context.reduce((sum, row) => sum + (table[row]?.[token] ?? NaN), 0)),
      );
      return Math.log((powers[id] ?? NaN) / powers.reduce((sum, power) => sum + power, 0));
    });
    return Math.exp(-logs.reduce((sum, log) => sum + log, 0) / logs.length);
  };
  return { folder: await tinyCausalLanguageModel(await temporaryFolder(), table), perplexity };
}

const words = 'the film is not a good story but the actor was really funny and quick , very warm and sad !'.split(' ');

describe('a causal language model of transformers.js', () => {
  it('gives e to the mean negative log-likelihood of a token, whatever stands beside a text', async () => {
    const { folder, perplexity } = await drawn();
    const model = await transformersLanguageModel({ model: folder, threads: 1 });
    const texts = [words.slice(0, 2), words, words.slice(3, 9)];
    const found = await model.perplexities(texts.map((text) => text.join(' ')));
    expect(found).toHaveLength(3);
    texts.forEach((text, i) => expect((found[i] ?? NaN) / perplexity(text)).toBeCloseTo(1, 4));
    expect(new Set(found.map((value) => value.toFixed(3))).size).toBe(3);
    expect(await model.perplexities([words.join(' ')])).toEqual([found[1]]);
    expect(model).toMatchObject({
      version: expect.stringMatching(/^transformers\.js [\d.]+, fp32$/) as string,
      hash: expect.stringMatching(/^\w{16}$/) as string,
    });
  });

  it('sees texts longer than it is in strides, each token once', async () => {
    const { folder, perplexity } = await drawn();
    const model = await openLanguageModel(`transformers:${folder}`, { threads: 1 });
    const long = Array.from({ length: 8 }, (_, i) => [...words.slice(i), ...words.slice(0, i)]).flat();
    for (const length of [MOST - 1, MOST, MOST + 1, MOST + STRIDE, MOST + STRIDE + 1, 133]) {
      const text = long.slice(0, length);
      const [found = NaN] = await model.perplexities([text.join(' ')]);
      expect(found / perplexity(text)).toBeCloseTo(1, 4);
    }
  });

  it('has no answer without two tokens', async () => {
    const { folder } = await drawn();
    const model = await openLanguageModel(folder, { threads: 1 });
    expect(await model.perplexities(['', '  ', 'film', 'a film'])).toEqual([NaN, NaN, NaN, expect.any(Number)]);
  });

  it('is refused where it predicts no tokens from left to right, and where it cannot be reached', async () => {
    const masked = await tinyMaskedLanguageModel(await temporaryFolder(), [[0]]);
    await expect(openLanguageModel(masked, { threads: 1 })).rejects.toThrow(InputError);
    const last = Object.assign(() => Promise.resolve({ logits: { data: new Float32Array(60), dims: [1, 1, 60] } }), {
      config: {},
      dispose: () => Promise.resolve(),
    });
    const { folder } = await drawn();
    const { tokenizer } = await loadFromHub('AutoModelForCausalLM', { model: folder, threads: 1 });
    const onlyLast = causalLanguageModel({ tokenizer, model: last }, { name: 'last', version: '1', hash: 'h' });
    await expect(onlyLast.perplexities(['a film'])).rejects.toThrow('at each position');
    await expect(openLanguageModel('./no/such.mjs', { threads: 1 })).rejects.toThrow('no such module');
    const { env } = await import('@huggingface/transformers');
    const allowed = env.allowRemoteModels;
    onTestFinished(() => void (env.allowRemoteModels = allowed));
    env.allowRemoteModels = false;
    await expect(openLanguageModel('no/such', { threads: 1 })).rejects.toThrow(InputError);
  });
});
