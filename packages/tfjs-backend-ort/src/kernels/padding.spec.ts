import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('padding kernels agree with the cpu backend', () => {
  it('pad', async () => {
    await expectAgreement(() => [
      tf.pad(
        floats([2, 3]),
        [
          [1, 0],
          [2, 3],
        ],
        -1.5,
      ),
      tf.pad(ints([3]), [[0, 2]], 7),
      tf.pad(bools([3]), [[1, 1]]),
    ]);
  });

  it('mirrorPad, with and without the edge', async () => {
    await expectAgreement(() => [
      tf.mirrorPad(
        floats([3, 4]),
        [
          [2, 1],
          [0, 3],
        ],
        'reflect',
      ),
      tf.mirrorPad(
        floats([3, 4]),
        [
          [3, 1],
          [2, 4],
        ],
        'symmetric',
      ),
      tf.mirrorPad(ints([4]), [[0, 2]], 'reflect'),
    ]);
  });
});
