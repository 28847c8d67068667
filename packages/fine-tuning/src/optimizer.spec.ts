import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { Optimizer } from './optimizer.js';
import type { UpdateRule } from './update-rule.js';

const settings = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0.01 };

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
  await tf.setBackend('cpu');
  const variables = new Map([
    ['layer.weight', tf.variable(tf.tensor1d([1, 2, 3]))],
    ['layer.bias', tf.variable(tf.tensor1d([1, 2]))],
  ]);
  const optimizer = await Optimizer.create(variables, settings);
  const before = new Map([...optimizer.states].map(([name, state]) => [name, structuredClone(state)]));
  optimizer.apply({
    gradients: new Map([
      ['layer.weight', Float32Array.from([1, 1, 1])],
      ['layer.bias', Float32Array.from([1, 1])],
    ]),
    masks: new Map([['layer.weight', 0.5]]),
    rule: plainDescent,
    learningRate: 0.5,
    gradientScale: 1,
  });
  const values = async () => Promise.all([...variables.values()].map(async (v) => Array.from(await v.data())));
  expect(await values()).toEqual([[0.7475, 1.745, 2.7425].map(Math.fround), [0.5, 1.5]]);
  expect(optimizer.step).toBe(1);
  optimizer.restore(0, before);
  expect(await values()).toEqual([
    [1, 2, 3],
    [1, 2],
  ]);
});

it('keeps weights and moments where the kernels work in place, on a copy of what the model had', async () => {
  await tf.setBackend('cpu');
  const initial = Float32Array.from([1, 2, 3]);
  const variables = new Map([['w', tf.variable(tf.tensor1d(initial))]]);
  const { weights, momentum, variance } = (await Optimizer.create(variables, settings)).state('w');
  expect(weights.buffer).not.toBe(initial.buffer);
  expect(new Set([weights.buffer, momentum.buffer, variance.buffer]).size).toBe(1);
  expect([...weights, ...momentum, ...variance]).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0]);
});
