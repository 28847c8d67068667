import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { floats } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('space, batch and depth kernels agree with the cpu backend', () => {
  it('spaceToBatchND and back', async () => {
    await expectAgreement(() => [
      tf.spaceToBatchND(
        floats([2, 4, 6, 3]),
        [2, 3],
        [
          [0, 0],
          [0, 0],
        ],
      ),
      tf.spaceToBatchND(floats([1, 3, 2]), [2], [[1, 0]]),
      tf.batchToSpaceND(
        floats([6, 2, 2, 3]),
        [2, 3],
        [
          [0, 0],
          [0, 0],
        ],
      ),
      tf.batchToSpaceND(floats([4, 3, 2]), [2], [[1, 2]]),
    ]);
  });

  it('depthToSpace', async () => {
    await expectAgreement(() => tf.depthToSpace(floats([2, 2, 3, 12]) as tf.Tensor4D, 2));
  });
});
