import '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrtBackend } from './backend.js';
import { registerOrtBackend } from '../register.js';

let backend: OrtBackend;

beforeAll(() => {
  backend = registerOrtBackend();
});

beforeEach(async () => {
  await tf.setBackend('ort');
});

describe('laziness', () => {
  it('runs nothing before a tensor is read', async () => {
    const { runs } = backend.stats();
    const sum = tf.add(tf.ones([3]), 1);
    expect(backend.stats().runs).toBe(runs);
    expect([...(await sum.data())]).toEqual([2, 2, 2]);
    expect(backend.stats().runs).toBe(runs + 1);
  });

  it('runs once for many tensors, which can then be read synchronously', async () => {
    const { runs } = backend.stats();
    const x = tf.tensor([1, 2, 3]);
    const tensors = [tf.square(x), tf.neg(x), tf.sum(x)];
    await backend.evaluate(tensors);
    expect(backend.stats().runs).toBe(runs + 1);
    expect(tensors.map((tensor) => [...tensor.dataSync()])).toEqual([[1, 4, 9], [-1, -2, -3], [6]]);
  });

  it('does not compute again what it has computed', async () => {
    const x = tf.square(tf.tensor([3]));
    await x.data();
    await tf.add(x, tf.tensor([1, 2])).data();
    expect(backend.stats().lastGraph.nodes).toBe(1);
  });

  it('computes for a clone what it computes for the original', async () => {
    const x = tf.square(tf.tensor([3]));
    const clone = x.clone();
    await clone.data();
    expect([...x.dataSync()]).toEqual([9]);
  });

  it('refuses to read synchronously what is not computed, and says what to do', () => {
    expect(() => tf.square(tf.ones([2, 3])).dataSync()).toThrow(
      /result of Mul, float32 \[2,3\].*await tensor.data\(\)/,
    );
  });

  it('reads synchronously what was written', () => {
    expect([...tf.tensor([1, 2]).dataSync()]).toEqual([1, 2]);
    expect(tf.scalar(3, 'int32').dataSync()[0]).toBe(3);
  });

  it('gives an empty tensor without running anything', async () => {
    const { runs } = backend.stats();
    expect((await tf.max(tf.tensor([], [0, 3]), 1).data()).length).toBe(0);
    expect(backend.stats().runs).toBe(runs);
  });
});

describe('ownership of arrays', () => {
  it('keeps the very array that a tensor is made of', async () => {
    const array = Float32Array.of(1, 2);
    const tensor = tf.tensor(array);
    expect(await tensor.data()).toBe(array);
    expect(await tensor.clone().data()).toBe(array);
  });

  it('sees a change made in place, without compiling again', async () => {
    const weights = Float32Array.of(1, 2);
    const variable = tf.variable(tf.tensor(weights));
    const double = (): Promise<tf.backend_util.TypedArray> => tf.mul(variable, 2).data() as never;
    expect([...(await double())]).toEqual([2, 4]);
    const { compilations } = backend.stats();
    weights[0] = 10;
    variable.assign(tf.tensor(weights));
    expect([...(await double())]).toEqual([20, 4]);
    expect(backend.stats().compilations).toBe(compilations);
    variable.dispose();
  });

  it('feeds the array that a run has written', async () => {
    const x = tf.square(tf.tensor([3, 4]));
    const array = await x.data();
    array[0] = 1;
    expect([...(await tf.neg(x).data())]).toEqual([-1, -16]);
  });

  it('gives tensors that are one computation an array each', async () => {
    const x = tf.tensor([1, 2]);
    const [a, b] = [tf.square(x), tf.square(x)];
    await backend.evaluate([a, b]);
    expect(backend.stats().lastGraph.nodes).toBe(1);
    expect(a.dataSync()).not.toBe(b.dataSync());
    expect([...a.dataSync()]).toEqual([...b.dataSync()]);
  });

  it('reads a part of a larger array where it lies', async () => {
    const arena = Float32Array.of(0, 1, 2, 3);
    expect([...(await tf.neg(tf.tensor(arena.subarray(1, 3))).data())]).toEqual([-1, -2]);
  });
});

describe('disposal', () => {
  it('computes with a tensor that was disposed before', async () => {
    const x = tf.tensor([1, 2]);
    const y = tf.square(x);
    const z = tf.add(y, 1);
    tf.dispose([x, y]);
    expect([...(await z.data())]).toEqual([2, 5]);
  });

  it('counts references', () => {
    const before = tf.memory().numTensors;
    const start = backend.numDataIds();
    const variable = tf.variable(tf.zeros([2]));
    variable.assign(tf.ones([2]));
    variable.dispose();
    tf.disposeVariables();
    tf.tidy(() => tf.mul(tf.ones([3]), tf.scalar(2)).clone());
    expect(backend.numDataIds() - start).toBe(tf.memory().numTensors - before);
  });

  it('is back to where it started after hundreds of steps, in tensors and sessions', async () => {
    const weights = tf.variable(tf.tensor([1, 2, 3, 4], [2, 2]));
    const step = async (learningRate: number): Promise<void> => {
      const input = tf.tensor([learningRate, 1], [1, 2]);
      const updated = tf.tidy(() => {
        const { grads } = tf.variableGrads(() => tf.mean(tf.square(tf.matMul(input, weights))) as tf.Scalar, [weights]);
        const gradient = grads[weights.name] ?? tf.zeros([2, 2]);
        return tf.sub(weights, tf.mul(gradient, learningRate)) as tf.Tensor2D;
      });
      await backend.evaluate([updated]);
      weights.assign(updated);
      tf.dispose([input, updated]);
    };
    await step(0.5);
    const start = { stats: backend.stats(), ids: backend.numDataIds(), tensors: tf.memory().numTensors };
    for (let round = 1; round <= 300; round++) await step(1 / (round + 2));
    const { sessions, compilations, runs } = backend.stats();
    expect({ sessions, compilations }).toEqual({
      sessions: start.stats.sessions,
      compilations: start.stats.compilations,
    });
    expect(runs).toBe(start.stats.runs + 300);
    expect([backend.numDataIds(), tf.memory().numTensors]).toEqual([start.ids, start.tensors]);
    weights.dispose();
  });
});

describe('other backends', () => {
  it('takes over tensors of another backend, under the shape they have there', async () => {
    await tf.setBackend('cpu');
    const flat = tf.tensor([1, 2, 3, 4]);
    const square = tf.reshape(flat, [2, 2]);
    await tf.setBackend('ort');
    expect([...(await tf.matMul(square as tf.Tensor2D, square as tf.Tensor2D).data())]).toEqual([7, 10, 15, 22]);
  });

  it('has no tensors of strings', () => {
    expect(() => tf.tensor(['a'])).toThrow(/no tensors of type string/);
  });
});
