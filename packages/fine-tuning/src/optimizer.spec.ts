import { type ModelParameters, type TensorRole, loadClassifier } from '@rose/encoders';
import { tinyBert } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { Optimizer, isDecayed } from './optimizer.js';
import type { UpdateRule } from './update-rule.js';

const settings = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0.01 };

/** A head alone. */
const modelOf = (tensors: Partial<Record<TensorRole, number[]>>): ModelParameters => {
  const entries = Object.entries(tensors) as [TensorRole, number[]][];
  return {
    parameters: new Map(entries.map(([role, values]) => [role, tf.variable(tf.tensor1d(values))])),
    roles: new Map(entries.map(([role]) => [role, { kind: 'head', block: 'classifier', label: role, role }])),
  };
};

beforeAll(async () => void (await tf.setBackend('cpu')));

/** A rule anyone could write: plain TypeScript over ordinary arrays. */
const plainDescent: UpdateRule = {
  name: 'sgd',
  update({ weights }, gradient, { settings: { learningRate, weightDecay }, mask }) {
    const mu = typeof mask === 'number' ? mask : 1;
    for (const i of weights.keys()) {
      const w = weights[i] as number;
      weights[i] = w - learningRate * mu * ((gradient[i] as number) + weightDecay * w);
    }
  },
};

it('moves the weights of the model by any rule, decays all but biases, and can go back', async () => {
  const model = modelOf({ weight: [1, 2, 3], bias: [1, 2] });
  const optimizer = await Optimizer.create(model, settings);
  const before = new Map([...optimizer.states].map(([name, state]) => [name, structuredClone(state)]));
  optimizer.apply({
    gradients: new Map([
      ['weight', Float32Array.from([1, 1, 1])],
      ['bias', Float32Array.from([1, 1])],
    ]),
    masks: new Map([['weight', 0.5]]),
    rule: plainDescent,
    learningRate: 0.5,
    gradientScale: 1,
  });
  const values = async () => Promise.all([...model.parameters.values()].map(async (v) => Array.from(await v.data())));
  expect(await values()).toEqual([[0.7475, 1.745, 2.7425].map(Math.fround), [0.5, 1.5]]);
  expect(optimizer.step).toBe(1);
  optimizer.restore(0, before);
  expect(await values()).toEqual([
    [1, 2, 3],
    [1, 2],
  ]);
});

it('keeps weights and moments where the kernels work in place, on a copy of what the model had', async () => {
  const initial = Float32Array.from([1, 2, 3]);
  const model = modelOf({ weight: [] });
  const parameters = new Map([['weight', tf.variable(tf.tensor1d(initial))]]);
  const optimizer = await Optimizer.create({ ...model, parameters }, settings);
  const { weights, momentum, variance } = optimizer.state('weight');
  expect(weights.buffer).not.toBe(initial.buffer);
  expect(new Set([weights.buffer, momentum.buffer, variance.buffer]).size).toBe(1);
  expect([...weights, ...momentum, ...variance]).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0]);
});

it.each([tinyBert, 'use-lite'])('decays what the names of the released code say: %s', async (folder) => {
  const model = await loadClassifier({ model: folder, classes: 2, seed: 1, maxLength: 16 });
  const decayedByName = (name: string) => !/bias$|LayerNorm|layer_?norm|\.norm\./i.test(name);
  for (const [name, role] of model.roles) expect(isDecayed(role), name).toBe(decayedByName(name));
  model.dispose();
});
