import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

const CASES: [number[], number | number[] | undefined][] = [
  [[2, 3, 4], undefined],
  [[2, 3, 4], -1],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [
    [2, 3, 4],
    [-1, 0],
  ],
  [[2, 3], []],
  [[5], 0],
  [[], undefined],
  [
    [2, 1, 3, 1, 2],
    [1, 3],
  ],
];

describe('reductions agree with the cpu backend', () => {
  for (const keepDims of [false, true]) {
    it.each(CASES)(`of [%s] over axes %s, keepDims ${keepDims}`, async (shape, axis) => {
      for (const reduce of [tf.sum, tf.mean, tf.prod, tf.max, tf.min]) {
        await expectAgreement(() => reduce(floats(shape), axis, keepDims));
        await expectAgreement(() => reduce(ints(shape), axis, keepDims));
      }
      for (const reduce of [tf.all, tf.any]) {
        await expectAgreement(() => reduce(bools(shape, 0.8), axis, keepDims));
      }
    });
  }

  it('sums of booleans are counts', async () => {
    await expectAgreement(() => tf.sum(bools([3, 5]), 1));
    await expectAgreement(() => tf.mean(bools([3, 5]), 1));
  });

  it('sums over no elements', async () => {
    await expectAgreement(() => tf.sum(tf.tensor([], [0, 3]), 0));
    await expectAgreement(() => tf.sum(tf.tensor([], [0, 3]), 1));
  });

  it('NaN is not lost in a maximum or minimum', async () => {
    const rows = (): tf.Tensor =>
      tf.tensor2d([
        [1, NaN, 3],
        [4, 5, Infinity],
      ]);
    await expectAgreement(() => [tf.max(rows(), 1), tf.min(rows(), 1, true), tf.max(rows()), tf.min(rows(), 0)]);
  });

  it('argMax and argMin, the first of equals', async () => {
    for (const axis of [0, 1, -1]) {
      await expectAgreement(() => tf.argMax(ints([4, 3, 5], { low: 0, high: 3 }), axis));
      await expectAgreement(() => tf.argMin(floats([4, 3, 5]), axis));
    }
    await expectAgreement(() => tf.argMax(bools([6])));
  });

  it('argMax and argMin pass over NaN', async () => {
    const row = (): tf.Tensor => tf.tensor([3, NaN, -1, 5, NaN]);
    await expectAgreement(() => [tf.argMax(row()), tf.argMin(row())]);
  });

  it('norms, moments and logSumExp, which are made of them', async () => {
    await expectAgreement(() => [
      tf.norm(floats([3, 4])),
      tf.norm(floats([3, 4]), 1, 1),
      tf.norm(floats([6]), Infinity),
    ]);
    await expectAgreement(() => {
      const { mean, variance } = tf.moments(floats([3, 4, 5]), [0, 2]);
      return [mean, variance, tf.logSumExp(floats([3, 4]), 1)];
    });
  });
});
