import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toTensors, disposeBatch, type BatchTensors } from '../batch/batch-tensors.js';
import { DropoutMasks } from '../layers/dropout.js';
import { loadClassifier } from '../load-classifier.js';
import { readSafetensors, type StoredTensor } from '../safetensors/read-safetensors.js';
import { fixture, readJsonFixture } from '../testing/fixtures.js';
import { compute, crossEntropy, largestDifference } from '../testing/tensors.js';
import type { ForwardOptions, TextClassifier } from '../model/text-classifier.js';
import { collate } from '../batch/token-batch.js';

interface Goldens {
  readonly examples: string[][];
  readonly labels: number[];
  readonly sequences: { ids: number[]; typeIds: number[] }[];
  readonly loss: number;
  readonly dropout: { labels: string[]; rate: number; loss: number };
}

const goldens = readJsonFixture<Goldens>('tiny-bert-goldens.json');
let tensors: ReadonlyMap<string, StoredTensor>;
let model: TextClassifier;
let batch: BatchTensors;

beforeAll(async () => {
  await tf.setBackend('cpu');
  ({ tensors } = await readSafetensors(fixture('tiny-bert-goldens.safetensors')));
  model = await loadClassifier({ model: fixture('tiny-bert'), classes: 3, seed: 1 });
  const sequences = goldens.examples.map((texts) => model.tokenizer.encode(texts, model.maxLength));
  batch = toTensors(collate(sequences, { padId: model.tokenizer.padId }));
});

afterAll(() => {
  disposeBatch(batch);
  model.dispose();
});

const dropoutMasks = () => new DropoutMasks(RandomStream.of(...goldens.dropout.labels));

/**
 * The masks as PyTorch was given them, for every token of every layer. Ours asks in the last layer for those of the first
 * tokens alone, which are cut out here.
 */
class MasksOfAllTokens extends DropoutMasks {
  /** After the last layer's attention come its two hidden sites; the third of that shape is the head's. */
  private hiddenSites = 0;

  override next(shape: readonly number[], rate: number): tf.Tensor {
    const { rows, length } = batch;
    if (shape.length === 4 && shape[2] === 1) {
      const [, heads = 0] = shape;
      return tf.slice(super.next([rows, heads, length, length], rate), [0, 0, 0, 0], [rows, heads, 1, length]);
    }
    if (shape.length === 2 && shape[0] === rows && this.hiddenSites++ < 2) {
      const [, width = 0] = shape;
      const all = tf.reshape(super.next([rows * length, width], rate), [rows, length, width]);
      return tf.reshape(tf.slice(all, [0, 0, 0], [rows, 1, width]), [rows, width]);
    }
    return super.next(shape, rate);
  }

  override rewind(): void {
    this.hiddenSites = 0;
    super.rewind();
  }
}

/** Loss and gradients by parameter name. */
async function backward(options: ForwardOptions) {
  const variables = [...model.parameters.values()];
  const { value, grads } = tf.variableGrads(
    () => crossEntropy(model.logits(batch, options), goldens.labels),
    variables,
  );
  const loss = (await value.data())[0];
  const gradients = new Map<string, Float32Array>();
  for (const [name, variable] of model.parameters) {
    gradients.set(name, (await grads[variable.name]?.data()) as Float32Array);
  }
  tf.dispose([value, grads]);
  return { loss, gradients };
}

describe('the tiny BERT against PyTorch', () => {
  it('has the tokens of Python', () => {
    goldens.examples.forEach((texts, i) => {
      const { ids, typeIds } = model.tokenizer.encode(texts, model.maxLength);
      expect({ ids: [...ids], typeIds: [...typeIds] }).toEqual(goldens.sequences[i]);
    });
  });

  it.each([
    ['evaluation', false],
    ['dropout', true],
  ] as const)('gives its logits, loss and every gradient: %s', async (prefix, dropping) => {
    const masks = new MasksOfAllTokens(RandomStream.of(...goldens.dropout.labels));
    const options = dropping ? { dropout: masks, dropoutRate: goldens.dropout.rate } : {};
    const logits = await compute(() => model.logits(batch, options));
    expect(largestDifference(logits, tensors.get(`${prefix}.logits`)?.data ?? [])).toBeLessThan(2e-5);

    masks.rewind();
    const { loss, gradients } = await backward(options);
    masks.dispose();
    expect(loss).toBeCloseTo(dropping ? goldens.dropout.loss : goldens.loss, 5);
    expect(gradients.size).toBe(41);
    for (const [name, gradient] of gradients) {
      const golden = tensors.get(`${prefix}.gradients.${name}`)?.data ?? [];
      expect(largestDifference(gradient, golden), name).toBeLessThan(2e-5);
    }
  });

  it('gives a row the same logits alone as in a padded batch', async () => {
    const together = await compute(() => model.logits(batch));
    for (const [row, texts] of goldens.examples.entries()) {
      const alone = toTensors(collate([model.tokenizer.encode(texts, model.maxLength)], { padId: 0 }));
      const logits = await compute(() => model.logits(alone));
      disposeBatch(alone);
      expect(largestDifference(logits, together.subarray(3 * row, 3 * row + 3))).toBeLessThan(2e-5);
    }
  });
});

describe('a forward pass', () => {
  it('shows the token embeddings to `perturb` and goes on with what it returns', async () => {
    const table = model.parameters.get('bert.embeddings.word_embeddings.weight');
    let seen: tf.Tensor3D | undefined;
    const perturb = (embeddings: tf.Tensor3D): tf.Tensor3D => {
      seen = tf.keep(embeddings);
      return tf.mul(embeddings, 0.5);
    };
    const perturbed = await compute(() => model.logits(batch, { perturb }));
    const ids = await batch.ids.data();
    const rows = (await table?.data()) ?? new Float32Array();
    const expected = Array.from(ids, (id) => [...rows.subarray(32 * id, 32 * id + 32)]).flat();
    expect(seen?.shape).toEqual([4, 14, 32]);
    expect([...((await seen?.data()) ?? [])]).toEqual(expected);
    seen?.dispose();
    expect(largestDifference(perturbed, tensors.get('evaluation.logits')?.data ?? [])).toBeGreaterThan(1e-3);
  });

  it('drops both copies of a repeated batch differently', async () => {
    const sequences = goldens.examples.map((texts) => model.tokenizer.encode(texts, model.maxLength));
    const twice = toTensors(collate(sequences, { padId: 0 }), 2);
    const masks = dropoutMasks();
    const plain = await compute(() => model.logits(twice));
    const dropped = await compute(() => model.logits(twice, { dropout: masks }));
    masks.dispose();
    disposeBatch(twice);
    expect(largestDifference(plain.subarray(0, 12), plain.subarray(12))).toBeLessThan(1e-6);
    expect(largestDifference(dropped.subarray(0, 12), dropped.subarray(12))).toBeGreaterThan(1e-3);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const masks = dropoutMasks();
    await compute(() => model.logits(batch, { dropout: masks }));
    masks.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
