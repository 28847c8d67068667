import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type TextClassifier, loadClassifier } from '@rose/encoders';
import { InterruptedError, NonFiniteError } from '@rose/foundation';
import type { Example } from '@rose/glue';
import { temporaryFolder, tinyBert } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adamW } from './adamw.js';
import { crossEntropy } from './cross-entropy.js';
import type { Objective } from './objective.js';
import { argmax, predict } from './predict.js';
import type { Selection } from './selection.js';
import { type EpochLog, type StepLog, type TrainingOptions, train } from './train.js';

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
    folder = await temporaryFolder();
  });

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

  it('scores and keeps the model with the weights in use, and goes on training its own', async () => {
    const [usual, other] = [await load(), await load()];
    await run(usual);
    const shown = new Float32Array(2).fill(0.25);
    const biasOf = async ({ parameters }: TextClassifier) => parameters.get('classifier.bias')?.data();
    const seen: unknown[] = [];
    const look = async () => void seen.push(await biasOf(other));
    await run(other, {
      objective: { ...plain, weightsInUse: async () => new Map([['classifier.bias', shown]]) },
      evaluate: () => look().then(() => 0.5),
      onBest: look,
    });
    expect(seen).toEqual([shown, shown, shown, shown]);
    expect(await weightsOf(other)).toEqual(await weightsOf(usual));
    for (const model of [usual, other]) model.dispose();
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

  it('stops at a gradient or a saliency that is not finite, and keeps what the last good step left', async () => {
    let steps = 0;
    /** NaN where the loss is sound: 0 · ∞ in the gradient alone. */
    const soundLoss: Objective = {
      name: 'broken at step 6',
      gradients(context) {
        steps += 1;
        const { value, gradients } = context.gradientsOf(() => crossEntropy(context.dropoutPass(), context.targets));
        if (steps < 6) return { loss: value, gradients };
        const [[name, gradient] = ['', value]] = [...gradients];
        return { loss: value, gradients: new Map([...gradients, [name, tf.mul(tf.mul(gradient, 0), Infinity)]]) };
      },
    };
    const unsound: Selection = {
      ...all,
      name: 'unsound',
      measure: () => new Map([['classifier.weight', tf.scalar(++steps < 6 ? 1 : Infinity)]]),
    };
    for (const [change, what] of [
      [{ objective: soundLoss }, /Step 6: the loss is 0\.\d+ and the gradient norm NaN.*Rows: \d+, \d+, \d+, \d+/],
      [{ selection: unsound }, /Step 6: selection unsound: the saliency of classifier.weight is Infinity.*Rows: \d+/],
    ] as const) {
      steps = 0;
      const [model, good] = [await load(), await load()];
      const kept: number[] = [];
      const state = { file: path.join(folder, `${Object.keys(change).join()}.safetensors`), identity: 'test' };
      const failure = run(model, { ...change, state, onBest: async ({ epoch }) => void kept.push(epoch) });
      await expect(failure).rejects.toThrow(NonFiniteError);
      await expect(failure).rejects.toThrow(what);
      expect(kept).toEqual([1]);

      const controller = new AbortController();
      const onLog = (entry: StepLog | EpochLog) => {
        if (entry.kind === 'step' && entry.step === 5) controller.abort();
      };
      await expect(run(good, { onLog, signal: controller.signal })).rejects.toThrow(InterruptedError);
      expect(await weightsOf(model)).toEqual(await weightsOf(good));
      // The state of the end of the first epoch is still there to be taken up.
      const resumed = await load();
      let taken = -1;
      await run(resumed, { state, onStart: (done) => void (taken = done) });
      expect(taken).toBe(4);
      await rm(path.join(folder, 'state.safetensors'));
      for (const loaded of [model, good, resumed]) loaded.dispose();
    }
  });

  it('logs what the masks let through, by layer and kind, from the first step or after warm-up', async () => {
    const half: Selection = {
      ...all,
      select: ({ gradient }) =>
        new Map<string, number | Float32Array>([
          ['bert.encoder.layer.0.attention.self.query.weight', 0],
          ['bert.encoder.layer.1.output.dense.bias', gradient('bert.encoder.layer.1.output.dense.bias').fill(0.5)],
        ]),
    };
    const masks = { 'encoder.layer.0': { query: 0 }, 'encoder.layer.1': { 'output.bias': 0.5 } };
    for (const [duringWarmup, first] of [
      [false, 7],
      [true, 1],
    ] as const) {
      const model = await load();
      const { log, result } = await run(model, {
        selection: { ...half, duringWarmup },
        settings: { ...settings, warmupShare: 0.5 },
      });
      const steps = log.filter((entry) => entry.kind === 'step');
      expect(steps.findIndex((entry) => entry.masks) + 1).toBe(first);
      expect(steps.at(-1)).toMatchObject({ keptShare: 0.25, masks });
      expect(Object.values(result.keptShare)).toEqual([0, 0.5]);
      model.dispose();
    }
  });

  it('trains only what the selection trains, shows it the pretrained weights again when resumed, and refuses nothing at all', async () => {
    const seen: number[][] = [];
    const head: Selection = {
      ...all,
      name: 'head',
      prepare: ({ weights }) => void seen.push([...weights('classifier.weight')]),
      trains: (parameter) => parameter.startsWith('classifier'),
    };
    const model = await load();
    const before = await weightsOf(model);
    const controller = new AbortController();
    const onLog = (entry: StepLog | EpochLog) => {
      if (entry.kind === 'step' && entry.step === 5) controller.abort();
    };
    await expect(run(model, { selection: head, onLog, signal: controller.signal })).rejects.toThrow(InterruptedError);
    const after = await weightsOf(model);
    const moved = [...model.parameters.keys()].filter((_, i) => String(before[i]) !== String(after[i]));
    expect(moved).toEqual(['classifier.weight', 'classifier.bias']);
    const resumed = await load();
    await run(resumed, { selection: head });
    expect(seen[1]).toEqual(seen[0]);
    await expect(run(model, { selection: { ...head, trains: () => false } })).rejects.toThrow(/'head' leaves nothing/);
    await expect(run(model, { examples: [] })).rejects.toThrow(/no row/);
    for (const loaded of [model, resumed]) loaded.dispose();
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
