import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('shape kernels agree with the cpu backend', () => {
  it('reshape, squeeze, expandDims and clone', async () => {
    await expectAgreement(() => [
      tf.reshape(floats([2, 6]), [3, -1]),
      tf.reshape(floats([1]), []),
      tf.reshape(tf.tensor([], [0, 4]), [2, 0]),
      tf.squeeze(floats([1, 3, 1, 2])),
      tf.expandDims(ints([3, 2]), -1),
      tf.expandDims(bools([3]), 0),
      tf.clone(floats([4])),
    ]);
  });

  it('transpose', async () => {
    await expectAgreement(() => [
      tf.transpose(floats([2, 3])),
      tf.transpose(ints([2, 3, 4]), [2, 0, 1]),
      tf.transpose(bools([2, 1, 3, 2, 2]), [4, 2, 0, 3, 1]),
      tf.transpose(floats([2, 3]), [0, 1]),
    ]);
  });

  it('cast, towards zero, between every two types', async () => {
    const types = ['float32', 'int32', 'bool'] as const;
    for (const to of types) {
      await expectAgreement(() => [
        tf.cast(tf.tensor([-2.7, -0.3, 0, 0.3, 2.7]), to),
        tf.cast(ints([5], { low: -1, high: 2 }), to),
        tf.cast(bools([5]), to),
      ]);
    }
  });

  it('tile and broadcastTo', async () => {
    await expectAgreement(() => [
      tf.tile(floats([2, 3]), [2, 2]),
      tf.tile(bools([1, 3]), [4, 1]),
      tf.broadcastTo(ints([3, 1]), [2, 3, 4]),
      tf.broadcastTo(tf.scalar(3), [2, 2]),
    ]);
  });

  it('reverse', async () => {
    await expectAgreement(() => [
      tf.reverse(floats([2, 3, 4])),
      tf.reverse(ints([2, 3, 4]), [0, -1]),
      tf.reverse(bools([5]), 0),
      tf.reverse(tf.scalar(2)),
    ]);
  });

  it('expandDims refuses an axis that there is not', async () => {
    await tf.setBackend('ort');
    expect(() => tf.expandDims(floats([3]), -3)).toThrow(/1 dimensions have no axis -3/);
  });

  it('a clone keeps the data when the original is disposed of, and is no data of its own', async () => {
    await tf.setBackend('ort');
    const original = tf.square(tf.tensor([2, 3]));
    const { numDataBuffers } = tf.memory();
    const clone = tf.clone(original);
    expect(tf.memory().numDataBuffers).toBe(numDataBuffers);
    original.dispose();
    expect([...(await clone.data())]).toEqual([4, 9]);
    clone.dispose();
    expect(tf.memory().numDataBuffers).toBe(numDataBuffers - 1);
  });
});
