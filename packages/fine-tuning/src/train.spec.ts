import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TextClassifier, loadClassifier } from '@rose/encoders';
import { InterruptedError, NonFiniteError } from '@rose/foundation';
import type { Example } from '@rose/glue';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adamW } from './adamw.js';
import { crossEntropy } from './cross-entropy.js';
import type { Objective } from './objective.js';
import { argmax, predict } from './predict.js';
import type { Selection } from './selection.js';
import { type EpochLog, type StepLog, type TrainingOptions, train } from './train.js';

const tinyBert = fileURLToPath(new URL('../../encoders/src/testing/fixtures/tiny-bert', import.meta.url));

/** Two words that mean good, two that mean bad, as the fixture's vocabulary has them; any distinct tokens would do. */
const examples: Example[] = Array.from({ length: 16 }, (_, id) => ({
  id,
  texts: [
    `${id % 2 ? 'good' : 'bad'} ${['film', 'story', 'plot', 'cast'][id >> 2] ?? ''} ${'very '.repeat(id % 4)}`.trim(),
  ],
  label: id % 2,
}));

const plain: Objective = {
  name: 'cross-entropy',
  gradients(context) {
    const { value, gradients } = context.gradientsOf(() => crossEntropy(context.dropoutPass(), context.targets));
    return { loss: value, gradients };
  },
};
const all: Selection = { name: 'all', rule: adamW, select: () => new Map() };

const settings = {
  epochs: 3,
  batchSize: 4,
  learningRate: 5e-3,
  warmupShare: 0,
  maxGradientNorm: 1,
  seed: 7,
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-6,
  weightDecay: 0.01,
};

describe('train', () => {
  let folder: string;
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rose-train-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const load = () => loadClassifier({ model: tinyBert, classes: 2, seed: 1, maxLength: 16 });
  const run = async (model: TextClassifier, change: Partial<TrainingOptions> = {}) => {
    const log: (StepLog | EpochLog)[] = [];
    const result = await train({
      model,
      objective: plain,
      selection: all,
      examples,
      settings,
      evaluate: async () => 0.5,
      onBest: async () => undefined,
      onLog: (entry) => void log.push(entry),
      state: { file: path.join(folder, 'state.safetensors'), identity: 'test' },
      ...change,
    });
    return { result, log };
  };
  const weightsOf = async ({ parameters }: TextClassifier) =>
    Promise.all([...parameters.values()].map(async (variable) => Array.from(await variable.data())));

  it('ends in the same bits twice, in others for another seed, and leaves no tensor behind', async () => {
    const [a, b, c] = [await load(), await load(), await load()];
    const tensors = tf.memory().numTensors;
    await run(a);
    await run(b);
    await run(c, { settings: { ...settings, seed: 8 } });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(await weightsOf(a)).toEqual(await weightsOf(b));
    expect(await weightsOf(a)).not.toEqual(await weightsOf(c));
    for (const model of [a, b, c]) model.dispose();
  });

  it.each([1, 4, 6, 11])(
    'taken up again after being stopped at step %d ends in the bits of an unbroken run',
    async (stopAfter) => {
      const unbroken = await load();
      await run(unbroken);

      const stopped = await load();
      const controller = new AbortController();
      const onLog = (entry: StepLog | EpochLog) => {
        if (entry.kind === 'step' && entry.step === stopAfter) controller.abort();
      };
      await expect(run(stopped, { onLog, signal: controller.signal })).rejects.toThrow(InterruptedError);

      const resumed = await load();
      let taken = -1;
      const { log } = await run(resumed, { onStart: (done) => void (taken = done) });
      expect(taken).toBe(stopAfter);
      expect(log.filter(({ kind }) => kind === 'step')).toHaveLength(12 - stopAfter);
      expect(await weightsOf(resumed)).toEqual(await weightsOf(unbroken));
      for (const model of [unbroken, stopped, resumed]) model.dispose();
    },
  );

  it('refuses a state that belongs to other settings', async () => {
    const model = await load();
    const controller = new AbortController();
    controller.abort();
    await expect(run(model, { signal: controller.signal })).rejects.toThrow(InterruptedError);
    const state = { file: path.join(folder, 'state.safetensors'), identity: 'other' };
    await expect(run(model, { state })).rejects.toThrow(/other settings/);
    model.dispose();
  });

  it('keeps the first of equally good epochs, and says so', async () => {
    const model = await load();
    const scores = [0.6, 0.8, 0.8];
    const kept: number[] = [];
    const { result } = await run(model, {
      evaluate: async () => scores.shift() ?? 0,
      onBest: async ({ epoch }) => void kept.push(epoch),
    });
    expect(kept).toEqual([1, 2]);
    expect(result).toMatchObject({ bestEpoch: 2, bestDevScore: 0.8, steps: 12 });
    model.dispose();
  });

  it('stops a run whose loss is not finite, naming the step and the rows', async () => {
    const model = await load();
    const broken: Objective = {
      name: 'broken',
      gradients(context) {
        const { value, gradients } = context.gradientsOf(() =>
          tf.mul(crossEntropy(context.dropoutPass(), context.targets), Infinity),
        );
        return { loss: value as tf.Scalar, gradients };
      },
    };
    const failure = run(model, { objective: broken });
    await expect(failure).rejects.toThrow(NonFiniteError);
    await expect(failure).rejects.toThrow(/Step 1.*Rows: \d+, \d+, \d+, \d+/);
    model.dispose();
  });

  it('overfits sixteen sentences', async () => {
    const model = await load();
    await run(model, { settings: { ...settings, epochs: 30 } });
    const sequences = examples.map(({ texts }) => model.tokenizer.encode(texts, model.maxLength));
    const predictions = (await predict(model, sequences)).map(argmax);
    expect(predictions).toEqual(examples.map(({ label }) => label));
    model.dispose();
  });
});

describe('predict', () => {
  it('gives each text the same probabilities whatever stands beside it', async () => {
    await tf.setBackend('cpu');
    const model = await loadClassifier({ model: tinyBert, classes: 2, seed: 1, maxLength: 16 });
    const sequences = examples.map(({ texts }) => model.tokenizer.encode(texts, model.maxLength));
    const together = await predict(model, sequences);
    for (const [i, sequence] of sequences.entries()) {
      const [alone] = await predict(model, [sequence]);
      expect(alone).toHaveLength(2);
      Array.from(alone ?? []).forEach((p, c) => expect(p).toBeCloseTo(together[i]?.[c] ?? Number.NaN, 5));
    }
    model.dispose();
  });
});
