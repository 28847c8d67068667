import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { registerOrtBackend } from './register.js';
import { type Computation, readUnder } from './testing/agreement.js';
import { floats } from './testing/random-tensor.js';

const gradientsOf =
  (reduce: (x: tf.Tensor) => tf.Tensor): Computation =>
  () =>
    tf.grad((x) => tf.sum(tf.square(reduce(x))))(floats([2, 3, 4]));

const REDUCTIONS: [string, Computation][] = [
  ['sum over all axes', gradientsOf((x) => tf.sum(x))],
  ['sum over some axes', gradientsOf((x) => tf.sum(x, [0, 2]))],
  ['sum over a kept axis', gradientsOf((x) => tf.sum(x, -1, true))],
  ['mean over all axes', gradientsOf((x) => tf.mean(x))],
  ['mean over some axes', gradientsOf((x) => tf.mean(x, [1, -1]))],
  ['mean over a kept axis', gradientsOf((x) => tf.mean(x, 0, true))],
  ['mean of a scalar', () => tf.grad((x) => tf.mean(x))(tf.scalar(3))],
];

describe('the gradients of Sum and Mean', () => {
  // The originals are what is registered before the backend is: they are read first.
  const originals = REDUCTIONS.map(([, compute]) => readUnder('cpu', compute));

  it('are those of TensorFlow.js, to the bit on the cpu backend', async () => {
    const expected = await Promise.all(originals);
    registerOrtBackend();
    for (const [index, [, compute]] of REDUCTIONS.entries()) {
      expect(await readUnder('cpu', compute)).toEqual(expected[index]);
    }
  });

  it.each(REDUCTIONS)('agree on ort: %s', async (_, compute) => {
    const [expected] = await readUnder('cpu', compute);
    const [actual] = await readUnder('ort', compute);
    expect(actual?.shape).toEqual(expected?.shape);
    actual?.elements.forEach((element, index) => {
      expect(element).toBeCloseTo(expected?.elements[index] ?? NaN, 5);
    });
  });
});
