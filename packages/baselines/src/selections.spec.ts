import type { ParameterRole } from '@rose/encoders';
import { randomBert } from '@rose/encoders/internal';
import {
  type ParameterState,
  type Selection,
  type StepObservation,
  type TrainingPreview,
  adamW,
} from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { childTuningD } from './child-tuning-d.js';
import { childTuningF } from './child-tuning-f.js';
import { mixout } from './mixout.js';
import { topLayers } from './top-layers.js';

const shapes = new Map([
  ['bert.embeddings.word_embeddings.weight', [5, 2]],
  ['bert.encoder.layer.0.output.dense.weight', [2, 2]],
  ['bert.encoder.layer.0.output.dense.bias', [2]],
  ['bert.encoder.layer.1.output.dense.weight', [2, 2]],
  ['bert.pooler.dense.weight', [2, 2]],
  ['classifier.weight', [3, 2]],
]);
const sizeOf = (name: string) => (shapes.get(name) ?? []).reduce((product, size) => product * size, 1);

/** Those of a BERT with the same names, among others. */
let roles: ReadonlyMap<string, ParameterRole>;
beforeAll(async () => {
  await tf.setBackend('cpu');
  const shape = { num_hidden_layers: 2, hidden_size: 2, num_attention_heads: 1, intermediate_size: 2, vocab_size: 5 };
  const model = randomBert({ shape, classes: 3, seed: 1 });
  roles = model.roles;
  model.dispose();
});

const preview = (change: Partial<TrainingPreview> = {}): TrainingPreview => ({
  seed: 1,
  shapes,
  roles,
  weights: (name) => new Float32Array(sizeOf(name)),
  maxGradientNorm: 1,
  batches: 1,
  gradients: () => {
    throw new Error('not asked for');
  },
  ...change,
});

const observe = (step: number): StepObservation => ({
  step,
  warmingUp: false,
  beta1: 0.9,
  gradientNorms: new Map([...shapes.keys()].map((name) => [name, 1])),
  gradient: (name) => new Float32Array(sizeOf(name)),
  gradientScale: 1,
  momentum: (name) => new Float32Array(sizeOf(name)),
  measured: new Map(),
});

const settings = {
  ...{ learningRate: 0.1, beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0 },
  ...{ step: 1, gradientScale: 1 },
};

/** The first moment after one step from nothing: 0.1 times the gradient that got through. */
function momentumAfter(gradient: number[], { mask, scale }: { mask: number[]; scale: number }): number[] {
  const state = () => new Float32Array(gradient.length);
  const parameter = { weights: state(), momentum: state(), variance: state() };
  const scaled = { ...settings, gradientScale: scale };
  adamW.update(parameter, Float32Array.from(gradient), { settings: scaled, mask: 1, gate: Float32Array.from(mask) });
  return [...parameter.momentum];
}

/** M of a step, by parameter. */
const gateOf = (selection: Selection, step: number) => [...(selection.gate?.(observe(step)).masks ?? [])];

describe('CHILD-Tuning-F', () => {
  it('draws a mask for every element of every parameter, anew in each step and again the same', async () => {
    const selection = childTuningF.create({ p: 0.5 });
    await selection.prepare?.(preview());
    const drawn = (step: number) =>
      gateOf(selection, step).map(([name, mask]) => [name, [...(mask as Float32Array)]] as const);
    const [first, second] = [drawn(1), drawn(2)];
    expect(new Map(first).size).toBe(shapes.size);
    for (const [name, mask] of first) expect(mask).toHaveLength(sizeOf(name));
    expect(new Set(first.flatMap(([, mask]) => mask))).toEqual(new Set([0, 1]));
    expect(second).not.toEqual(first);
    expect(drawn(1)).toEqual(first);
  });

  it('takes a gated gradient for zero and scales the others by 1/p', async () => {
    const selection = childTuningF.create({ p: 0.25 });
    await selection.prepare?.(preview());
    const scale = selection.gate?.(observe(1)).scale ?? NaN;
    const momentum = momentumAfter([1, 2, 3], { mask: [1, 0, 1], scale });
    [0.4, 0, 1.2].forEach((expected, i) => expect(momentum[i]).toBeCloseTo(expected, 6));
  });

  it('gives an element the same bits, wherever in an array of whatever length it stands', () => {
    const moved = (gradient: Float32Array, mask: Float32Array) => {
      const [weights, momentum, variance] = [1, 0.1, 0.01].map((x) => new Float32Array(gradient.length).fill(x));
      const parameter = { weights, momentum, variance } as ParameterState;
      const scaled = { ...settings, weightDecay: 0.01, gradientScale: 1 / 0.3 };
      adamW.update(parameter, gradient, { settings: scaled, mask: 1, gate: mask });
      return parameter;
    };
    const gradient = Float32Array.from({ length: 40_003 }, (_, i) => Math.sin(i));
    const mask = Float32Array.from(gradient, (_, i) => (i % 3 === 0 ? 1 : 0));
    const whole = moved(gradient, mask);
    for (let start = 0; start < gradient.length; start += 1_501) {
      const part = moved(gradient.slice(start, start + 1_501), mask.slice(start, start + 1_501));
      for (const key of ['weights', 'momentum', 'variance'] as const) {
        expect(whole[key].slice(start, start + 1_501)).toEqual(part[key]);
      }
    }
  });

  it('gives the very bits of AdamW on g·M/p', () => {
    const p = 0.3;
    const n = 1_003;
    const state = () => ({
      weights: new Float32Array(n).fill(1),
      momentum: new Float32Array(n).fill(0.1),
      variance: new Float32Array(n).fill(0.01),
    });
    const gradient = Float32Array.from({ length: n }, (_, i) => Math.sin(i));
    const mask = gradient.map((_, i) => (i % 3 === 0 ? 1 : 0));
    const [gated, plain] = [state(), state()];
    adamW.update(gated, gradient, { settings: { ...settings, gradientScale: 1 / p }, mask: 1, gate: mask });
    const product = gradient.map((g, i) => g * (mask[i] as number));
    adamW.update(plain, product, { settings: { ...settings, gradientScale: 1 / p }, mask: 1 });
    expect(gated).toEqual(plain);
  });
});

describe('CHILD-Tuning-D', () => {
  const [weight, bias, other] = [...shapes.keys()].slice(1, 4) as [string, string, string];
  /** Two batches; ‖g‖ of the weight in the first is 10, so that it is clipped to 1. */
  async function* gradients() {
    await Promise.resolve();
    yield new Map([
      [weight, Float32Array.of(6, 8, 0, 0)],
      [bias, Float32Array.of(0.1, 0.2)],
      [other, Float32Array.of(0.1, 0.1, 0.1, 0.1)],
    ]);
    yield new Map([
      [weight, Float32Array.of(0, 0, 0.5, 0)],
      [bias, Float32Array.of(0.9, 0)],
      [other, Float32Array.of(0, 0.1, 0, 0)],
    ]);
  }

  it('keeps the elements with the most Fisher information, of all layers together', async () => {
    const asked: string[][] = [];
    const selection = childTuningD.create({ p: 0.4 });
    await selection.prepare?.(
      preview({
        batches: 2,
        gradients: (names) => {
          asked.push([...names]);
          return gradients();
        },
      }),
    );
    expect(asked).toEqual([[weight, bias, other]]);
    // F: .18 .32 .125 0 | .41 .02 | .005 .01 .005 .005; the 60th percentile lies between .02 and .125.
    const masks = gateOf(selection, 1).map(([name, mask]) => [name, [...(mask as Float32Array)]]);
    expect(masks).toEqual([
      [weight, [1, 1, 1, 0]],
      [bias, [1, 0]],
      [other, [0, 0, 0, 0]],
    ]);
    expect(momentumAfter([1, 2], { mask: [0, 1], scale: selection.gate?.(observe(1)).scale ?? NaN })).toEqual(
      [0, 0.2].map(Math.fround),
    );
  });

  it('refuses a model without layers', async () => {
    const none = preview({ shapes: new Map([['classifier.weight', [3, 2]]]) });
    await expect(childTuningD.create({ p: 0.3 }).prepare?.(none)).rejects.toThrow(InputError);
  });
});

describe('top layers', () => {
  const trained = (layers: number) => {
    const selection = topLayers.create({ layers });
    void selection.prepare?.(preview());
    return [...shapes.keys()].filter((name) => selection.trains?.(name));
  };

  it('trains the last layers with pooler and head', () => {
    expect(trained(0)).toEqual(['bert.pooler.dense.weight', 'classifier.weight']);
    expect(trained(1)).toEqual(['bert.encoder.layer.1.output.dense.weight', ...trained(0)]);
    expect(trained(2)).toHaveLength(5);
  });

  it('refuses more layers than there are, and what is no number of layers', () => {
    expect(() => topLayers.create({ layers: 3 }).prepare?.(preview())).toThrow(/with 2/);
    for (const layers of [-1, 0.5]) expect(() => topLayers.create({ layers })).toThrow(InputError);
  });
});

describe('Mixout', () => {
  const W = 3;
  const before = 2;
  const linear = [...shapes].filter(([name]) => !name.includes('embeddings') && name.endsWith('weight'));

  const substituted = async (mask: 'row' | 'element', p: number, step = 1) => {
    const selection = mixout.create({ p, mask });
    await selection.prepare?.(preview({ weights: (name) => new Float32Array(sizeOf(name)).fill(before) }));
    const substitutes = selection.substitute?.(step, (name) => new Float32Array(sizeOf(name)).fill(W));
    return [...(substitutes ?? [])].map(([name, { weights, slope }]) => {
      const [rows, columns] = shapes.get(name) as [number, number];
      return { name, weights: [...weights], slope: [...tf.broadcastTo(slope, [rows, columns]).dataSync()], columns };
    });
  };

  it.each(['row', 'element'] as const)('mixes the linear weights with the pretrained ones, by %s', async (mask) => {
    const found = await substituted(mask, 0.5);
    expect(found.map(({ name }) => name)).toEqual(linear.map(([name]) => name));
    for (const { weights, slope } of found) {
      // (W − p·W_pre)/(1 − p) = 4 where M is 1, W_pre where it is 0.
      expect(weights).toEqual(slope.map((m) => (m === 1 ? 4 : before)));
    }
    expect(new Set(found.flatMap(({ slope }) => slope))).toEqual(new Set([0, 1]));
    const sameRows = found.every(({ slope, columns }) => slope.every((m, i) => m === slope[i % columns]));
    expect(sameRows).toBe(mask === 'row');
    expect(await substituted(mask, 0.5)).toEqual(found);
    expect(await substituted(mask, 0.5, 2)).not.toEqual(found);
  });

  it.each(['row', 'element'] as const)('mixes after other steps as if there had been none, by %s', async (mask) => {
    const mixed = async (steps: readonly number[]) => {
      const selection = mixout.create({ p: 0.9, mask });
      await selection.prepare?.(preview({ weights: (name) => new Float32Array(sizeOf(name)).fill(before) }));
      let last: number[][] = [];
      for (const step of steps) {
        // W moves between steps.
        const found = selection.substitute?.(step, (name) => new Float32Array(sizeOf(name)).fill(W + step / 7));
        last = [...(found?.values() ?? [])].map(({ weights }) => [...weights]);
      }
      return last;
    };
    for (const step of [2, 5, 20]) {
      const steps = Array.from({ length: step }, (_, i) => i + 1);
      expect(await mixed(steps)).toEqual(await mixed([step]));
    }
  });

  it('changes nothing at p = 0', async () => {
    for (const { weights } of await substituted('row', 0)) expect(new Set(weights)).toEqual(new Set([W]));
  });
});

it.each([
  () => childTuningF.create({ p: 0 }),
  () => childTuningD.create({ p: 1.1 }),
  () => childTuningD.create({ p: Number.NaN }),
  () => mixout.create({ p: 1 }),
  () => mixout.create({ p: -0.1 }),
])('refuses shares that make no sense: %s', (make) => {
  expect(make).toThrow(InputError);
});
