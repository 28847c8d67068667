import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('creation kernels agree with the cpu backend', () => {
  it('zerosLike, onesLike and fill', async () => {
    await expectAgreement(() => [
      tf.zerosLike(floats([2, 3])),
      tf.zerosLike(bools([3])),
      tf.onesLike(ints([4])),
      tf.fill([2, 2], 1.5),
      tf.fill([], 7, 'int32'),
    ]);
  });

  it('range', async () => {
    await expectAgreement(() => [
      tf.range(0, 5),
      tf.range(5, 0),
      tf.range(1, 2, 0.25),
      tf.range(9, 0, -4, 'int32'),
      tf.range(3, 3),
      tf.range(0, 4, -1),
    ]);
  });

  it('linspace and diag', async () => {
    await expectAgreement(() => [tf.linspace(0, 1, 7), tf.linspace(5, -5, 3), tf.linspace(2, 9, 1)]);
    await expectAgreement(() => [tf.diag(floats([4])), tf.diag(ints([2, 3])), tf.diag(bools([3]))]);
  });

  it('oneHot, empty for classes that there are not', async () => {
    await expectAgreement(() => [
      tf.oneHot(ints([2, 3], { low: 0, high: 4 }), 4),
      tf.oneHot(tf.tensor1d([-1, 0, 3], 'int32'), 3),
      tf.oneHot(ints([4], { low: 0, high: 2 }), 2, 0.9, -0.1, 'float32'),
      tf.oneHot(ints([4], { low: 0, high: 2 }), 2, 1, 0, 'bool'),
    ]);
  });

  it('a range lies on the host and can be read at once', async () => {
    await tf.setBackend('ort');
    expect([...tf.range(0, 3).dataSync()]).toEqual([0, 1, 2]);
  });
});
