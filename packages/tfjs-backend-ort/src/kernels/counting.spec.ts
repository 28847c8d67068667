import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('counting kernels agree with the cpu backend', () => {
  const numbers = (): tf.Tensor1D => ints([9], { low: 0, high: 6 }) as tf.Tensor1D;
  const none = (): tf.Tensor1D => tf.tensor1d([]);

  it('bincount leaves out what is too large', async () => {
    await expectAgreement(() => [
      tf.bincount(numbers(), none(), 6),
      tf.bincount(numbers(), none(), 3),
      tf.bincount(numbers(), floats([9]) as tf.Tensor1D, 6),
    ]);
  });

  it('denseBincount counts each row on its own', async () => {
    const rows = (): tf.Tensor2D => ints([4, 5], { low: 0, high: 6 }) as tf.Tensor2D;
    await expectAgreement(() => [
      tf.denseBincount(rows(), tf.tensor2d([], [0, 5]), 4),
      tf.denseBincount(rows(), tf.tensor2d([], [0, 5]), 6, true),
      tf.denseBincount(rows(), floats([4, 5]) as tf.Tensor2D, 6),
      tf.denseBincount(numbers(), none(), 6),
    ]);
  });

  it('lowerBound and upperBound', async () => {
    const sorted = (): tf.Tensor =>
      tf.tensor(
        [
          [-3, -1, 0, 0, 2],
          [0, 1, 1, 4, 9],
        ],
        [2, 5],
        'int32',
      );
    await expectAgreement(() => [
      tf.lowerBound(sorted(), ints([2, 7])),
      tf.upperBound(sorted(), ints([2, 7])),
      tf.searchSorted(tf.tensor1d([0, 0.5, 1]), tf.tensor1d([0.5, 2, -1]), 'right'),
    ]);
  });
});
