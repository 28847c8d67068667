import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('slicing kernels agree with the cpu backend', () => {
  it('slice', async () => {
    await expectAgreement(() => [
      tf.slice(floats([4, 5]), [1, 2], [2, -1]),
      tf.slice(ints([4, 5, 2]), [1]),
      tf.slice(bools([6]), [2], [3]),
      tf.slice(floats([3, 3]), [0, 0], [3, 3]),
      tf.slice(floats([3, 3]), [1, 0], [0, 3]),
    ]);
  });

  it('stridedSlice, forwards, backwards and with masks', async () => {
    await expectAgreement(() => [
      tf.stridedSlice(floats([6, 5]), [0, 1], [6, 5], [2, 3]),
      tf.stridedSlice(floats([6, 5]), [5, 3], [1, 0], [-2, -1]),
      tf.stridedSlice(floats([6]), [5], [-7], [-1]),
      tf.stridedSlice(floats([4, 3]), [1, 0], [2, 3], [1, 1], 0, 0, 0, 0, 1),
      tf.stridedSlice(ints([4, 3, 2]), [0, 1], [0, 2], [1, 1], 1, 1, 0, 0, 2),
      tf.stridedSlice(floats([4]), [0, 1], [0, 3], [1, 1], 0, 0, 0, 1),
    ]);
  });

  it('concat and stack', async () => {
    await expectAgreement(() => [
      tf.concat([floats([2, 3]), floats([1, 3]), floats([4, 3])], 0),
      tf.concat([ints([2, 3]), ints([2, 1])], -1),
      tf.concat([floats([2, 3])]),
      tf.concat([floats([0, 3]), floats([2, 3])], 0),
      tf.stack([floats([2, 3]), tf.ones([2, 3])], 1),
      tf.stack([bools([3]), bools([3])], -1),
      tf.stack([tf.scalar(1), tf.scalar(2)]),
    ]);
  });

  it('split and unstack', async () => {
    await expectAgreement(() => [
      ...tf.split(floats([4, 6]), 3, 1),
      ...tf.split(ints([7, 2]), [3, 0, 4], 0),
      ...tf.split(floats([5]), [2, -1]),
      ...tf.unstack(floats([3, 2, 2]), 1),
      ...tf.unstack(bools([3])),
    ]);
  });

  it('what cannot be put together is refused', async () => {
    await tf.setBackend('ort');
    expect(() => tf.concat([floats([2, 3]), floats([2, 4])], 0)).toThrow(/does not match the shape/);
    expect(() => tf.stack([tf.scalar(1), tf.scalar(true)])).toThrow(/types differ: float32, bool\. Cast/);
  });

  it('an empty slice has no negative zero in its shape', async () => {
    await tf.setBackend('ort');
    expect(tf.stridedSlice(floats([4]), [3], [3], [-1]).shape).toEqual([0]);
  });
});
