import type { TextClassifier } from '@rose/encoders';
import {
  composeSelections,
  type Objective,
  Optimizer,
  StepContext,
  argmax,
  predict,
  trainingStep,
} from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freeLb } from './free-lb.js';
import { pgd } from './pgd.js';
import { rDrop } from './r-drop.js';
import { r3f, r4f } from './r3f.js';
import { smart } from './smart.js';
import { spectralNorm, withSpectralNorm } from './spectral-norm.js';
import { CountingContext, type PassCount } from './testing/counting-context.js';
import { loadTinyBert } from './testing/goldens.js';
import { batchOf, labels, sequencesOf } from './testing/sixteen-sentences.js';
import { vanilla } from './vanilla.js';

interface Case {
  readonly title: string;
  readonly objective: Objective;
  readonly passes: PassCount;
  /** (F + 2B + Bx) / 3, at most. */
  readonly timesVanilla: number;
}

/** All with their defaults, but for what the title names. */
const cases: readonly Case[] = [
  { title: 'vanilla', objective: vanilla.create(), passes: { F: 1, B: 1, Bx: 0 }, timesVanilla: 1 },
  { title: 'r3f', objective: r3f.create(), passes: { F: 2, B: 2, Bx: 0 }, timesVanilla: 2 },
  {
    title: 'r3f, normal noise',
    objective: r3f.create({ noise: 'normal' }),
    passes: { F: 2, B: 2, Bx: 0 },
    timesVanilla: 2,
  },
  { title: 'r4f', objective: r4f.create(), passes: { F: 2, B: 2, Bx: 0 }, timesVanilla: 2 },
  { title: 'r-drop', objective: rDrop.create(), passes: { F: 2, B: 2, Bx: 0 }, timesVanilla: 2 },
  {
    title: 'r-drop, means',
    objective: rDrop.create({ divergence: 'mean', crossEntropy: 'mean' }),
    passes: { F: 2, B: 2, Bx: 0 },
    timesVanilla: 2,
  },
  { title: 'freelb, 3 passes', objective: freeLb.create(), passes: { F: 3, B: 3, Bx: 0 }, timesVanilla: 3 },
  {
    title: "freelb, fairseq's 2 steps, L∞",
    objective: freeLb.create({ convention: 'fairseq', norm: 'linf', stepSize: 0.01, magnitude: 0.05, maxNorm: 0.05 }),
    passes: { F: 3, B: 3, Bx: 0 },
    timesVanilla: 3,
  },
  { title: 'pgd, 3 ascents', objective: pgd.create(), passes: { F: 4, B: 1, Bx: 3 }, timesVanilla: 3 },
  { title: 'smart', objective: smart.create(), passes: { F: 3, B: 2, Bx: 1 }, timesVanilla: 2.7 },
  { title: 'smart, ball', objective: smart.create({ form: 'ball' }), passes: { F: 3, B: 2, Bx: 1 }, timesVanilla: 2.7 },
];

let model: TextClassifier;
beforeAll(async () => {
  await tf.setBackend('cpu');
});
beforeEach(async () => {
  model = await loadTinyBert(2);
});
afterEach(() => model.dispose());

describe.each(cases)('$title', ({ objective, passes, timesVanilla }) => {
  /** Loss and gradients of one step, all the numbers in one array, with the passes it took. */
  async function stepOf(step: number): Promise<{ numbers: number[]; count: PassCount }> {
    const context = new CountingContext(model, step);
    const { loss, gradients } = await objective.gradients(context);
    expect([...gradients.keys()]).toEqual([...model.parameters.keys()]);
    const numbers: number[] = [];
    for (const tensor of [loss, ...gradients.values()]) numbers.push(...(await tensor.data()));
    context.dispose();
    return { numbers, count: context.count };
  }

  it('takes the forward and backward passes of the cost table', async () => {
    const { count } = await stepOf(1);
    expect(count).toEqual(passes);
    expect((count.F + 2 * count.B + count.Bx) / 3).toBeLessThanOrEqual(timesVanilla);
  });

  it('gives the same bits for the same step, as a resumed run needs, and others for the next', async () => {
    const first = await stepOf(1);
    expect((await stepOf(1)).numbers).toEqual(first.numbers);
    expect((await stepOf(2)).numbers).not.toEqual(first.numbers);
  });

  it('overfits sixteen sentences', async () => {
    const optimizer = await Optimizer.create(model, {
      beta1: 0.9,
      beta2: 0.98,
      epsilon: 1e-6,
      weightDecay: 0.01,
    });
    const learned = async () => (await predict(model, sequencesOf(model))).map(argmax).join() === labels.join();
    expect(await learned()).toBe(false);
    let step = 0;
    while (!(step >= 6 && step % 3 === 0 && (await learned())) && step < 60) {
      step++;
      await trainingStep({
        context: new StepContext({ model, batch: batchOf(model), labels, seed: 3, step }),
        objective,
        selection: composeSelections([]),
        optimizer,
        learningRate: 5e-3,
        maxGradientNorm: 1,
        warmingUp: false,
      });
    }
    expect(await learned(), `after ${step} steps`).toBe(true);
  });
});

describe('r4f', () => {
  it('is used with the head that it was trained with: W/σ(W), of spectral norm 1', async () => {
    const objective = r4f.create();
    const weight = model.parameters.get('classifier.weight') as unknown as tf.Tensor2D;
    const [normalised] = [...((await objective.weightsInUse?.(model)) ?? [])];
    expect(normalised?.[0]).toBe('classifier.weight');
    const inUse = tf.tensor2d(normalised?.[1] ?? [], weight.shape);
    expect((await spectralNorm(inUse).data())[0]).toBeCloseTo(1, 5);

    const bias = model.parameters.get('classifier.bias') as unknown as tf.Tensor1D;
    const states: tf.Tensor2D = tf.randomNormal([5, weight.shape[1]], 0, 1, 'float32', 3);
    const trained = withSpectralNorm(tf.add(tf.matMul(states, weight, false, true), bias), model);
    const used = tf.add(tf.matMul(states, inUse, false, true), bias);
    expect(Array.from(await used.data())).toEqual(Array.from(await trained.data()).map((x) => expect.closeTo(x, 5)));
  });
});

describe('settings that make no sense are refused before training', () => {
  it.each<[string, () => Objective]>([
    ['lambda', () => r3f.create({ lambda: -1 })],
    ['lambda', () => r4f.create({ lambda: Number.NaN })],
    ['epsilon', () => r3f.create({ epsilon: -1e-5 })],
    ['noise', () => r3f.create({ noise: 'gaussian' as 'normal' })],
    ['alpha', () => rDrop.create({ alpha: -0.1 })],
    ['divergence', () => rDrop.create({ divergence: 'max' as 'sum' })],
    ['steps', () => freeLb.create({ steps: 0 })],
    ['steps', () => freeLb.create({ steps: 2.5 })],
    ['steps', () => freeLb.create({ steps: -1, convention: 'fairseq' })],
    ['norm', () => freeLb.create({ norm: 'l3' as 'l2' })],
    ['convention', () => freeLb.create({ convention: 'keras' as 'fairseq' })],
    ['maxNorm', () => freeLb.create({ maxNorm: -0.1 })],
    ['magnitude', () => freeLb.create({ magnitude: Infinity })],
    ['steps', () => pgd.create({ steps: 0 })],
    ['stepSize', () => pgd.create({ stepSize: -1 })],
    ['steps', () => smart.create({ steps: 0 })],
    ['alpha', () => smart.create({ alpha: -1 })],
    ['sigma', () => smart.create({ sigma: -1 })],
    ['epsilon', () => smart.create({ form: 'ball', epsilon: 0 })],
    ['form', () => smart.create({ form: 'cube' as 'ball' })],
    ['norm', () => smart.create({ norm: 'l3' as 'l2' })],
    ['norm', () => smart.create({ form: 'ball', norm: 'l1' })],
    ['level', () => smart.create({ level: 'word' as 'token' })],
    ['level', () => smart.create({ form: 'ball', level: 'token' })],
    ['level', () => smart.create({ norm: 'l1', level: 'sentence' })],
    ['epsilon', () => smart.create({ norm: 'l1', epsilon: 1e-6 })],
  ])('%s (%#)', (option, make) => {
    expect(make).toThrow(InputError);
    expect(make).toThrow(expect.objectContaining({ option }));
  });

  it("takes fairseq's 0 steps for one pass", async () => {
    const context = new CountingContext(model);
    await freeLb.create({ steps: 0, convention: 'fairseq' }).gradients(context);
    context.dispose();
    expect(context.count).toEqual({ F: 1, B: 1, Bx: 0 });
  });
});
