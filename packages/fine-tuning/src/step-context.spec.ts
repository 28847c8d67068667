import { type TextClassifier, type TokenBatch, collate, loadClassifier } from '@rose/encoders';
import { tinyBert } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crossEntropy } from './cross-entropy.js';
import { StepContext } from './step-context.js';

const TABLE = 'bert.embeddings.word_embeddings.weight';
const labels = Int32Array.of(0, 1, 1);

describe('a step context', () => {
  let model: TextClassifier;
  let batch: TokenBatch;
  beforeAll(async () => {
    await tf.setBackend('cpu');
    model = await loadClassifier({ model: tinyBert, classes: 2, seed: 1, maxLength: 16 });
    const texts = ['a good film', 'the plot is dull', 'very very very long and sad story'];
    batch = collate(
      texts.map((text) => model.tokenizer.encode([text], 16)),
      { padId: model.tokenizer.padId },
    );
  });
  afterAll(() => model.dispose());

  const contextOf = (step = 1, seed = 5) => new StepContext({ model, batch, labels, seed, step });
  async function reading<T>(make: (context: StepContext) => Promise<T>, context = contextOf()): Promise<T> {
    try {
      return await make(context);
    } finally {
      context.dispose();
    }
  }
  const noiseOf = (context: StepContext, name = 'test', distribution: 'uniform' | 'normal' = 'uniform') =>
    reading(async (of) => Array.from(await of.noise(distribution, name).data()), context);

  it('draws noise that depends on seed, step and name alone', async () => {
    const first = await noiseOf(contextOf());
    expect(await noiseOf(contextOf())).toEqual(first);
    expect(await noiseOf(contextOf(2))).not.toEqual(first);
    expect(await noiseOf(contextOf(1, 6))).not.toEqual(first);
    expect(await noiseOf(contextOf(), 'other')).not.toEqual(first);
    const afterOthers = contextOf();
    afterOthers.noise('normal', 'other');
    afterOthers.dropoutPass().dispose();
    expect(await noiseOf(afterOthers)).toEqual(first);
  });

  it.each([
    ['uniform', 1 / 3, 1],
    ['normal', 1, 6.7],
  ] as const)('noise: %s has mean 0 and variance %d', async (distribution, variance, bound) => {
    const draws: number[] = [];
    for (let step = 1; step <= 20; step++) draws.push(...(await noiseOf(contextOf(step), 'test', distribution)));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const found = draws.reduce((sum, x) => sum + x * x, 0) / draws.length;
    // Five standard errors of some 17,000 draws.
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / draws.length));
    expect(Math.abs(found / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / draws.length));
    expect(draws.every((x) => Math.abs(x) <= bound)).toBe(true);
  });

  it('gives passes of one draw the same dropout, those of another draw another one', async () => {
    const [first, again, other] = await reading(async (context) =>
      Promise.all([0, 0, 1].map(async (draw) => Array.from(await context.dropoutPass({ draw }).data()))),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('knows the shape of what a pass perturbs, and where the padding is', async () => {
    await reading(async (context) => {
      let seen: number[] = [];
      context.dropoutPass({
        perturb: (e) => {
          seen = e.shape;
          return e;
        },
      });
      expect(context.embeddingShape()).toEqual(seen);
      expect(Array.from(await context.tokenMask().data())).toEqual([...batch.mask]);
    });
  });

  it('has the gradient at a perturbation of 0 add up, token by token, to that of the embedding table', async () => {
    await reading(async (context) => {
      const zero: tf.Tensor3D = tf.zeros(context.embeddingShape());
      const loss = (delta: tf.Tensor3D) =>
        crossEntropy(context.dropoutPass({ perturb: (e) => tf.add(e, delta) }), context.targets);
      const { gradients, gradient } = context.gradientsWith(zero, loss);
      expect([...gradients.keys()]).toEqual([...model.parameters.keys()]);
      const alone = context.gradientAt(zero, loss);
      expect(await alone.gradient.data()).toEqual(await gradient.data());

      const width = gradient.shape[2];
      const table = new Float64Array(gradients.get(TABLE)?.size ?? 0);
      const perToken = await gradient.data();
      batch.ids.forEach((id, token) => {
        for (let d = 0; d < width; d++)
          table[id * width + d] = (table[id * width + d] ?? 0) + (perToken[token * width + d] ?? 0);
      });
      const found = (await gradients.get(TABLE)?.data()) ?? [];
      table.forEach((x, i) => expect(found[i]).toBeCloseTo(x, 6));
    });
  });

  it('disposes of all that it made', async () => {
    const before = tf.memory().numTensors;
    const context = contextOf();
    context.noise('normal', 'test');
    tf.tidy(() => {
      context.gradientsOf(() => crossEntropy(context.dropoutPass({ draw: 2 }), context.targets));
    });
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    context.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
