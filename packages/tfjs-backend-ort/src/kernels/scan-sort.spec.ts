import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('scans and sorting agree with the cpu backend', () => {
  for (const exclusive of [false, true]) {
    for (const reverse of [false, true]) {
      it(`cumsum and cumprod, exclusive ${exclusive}, reverse ${reverse}`, async () => {
        await expectAgreement(() => [
          tf.cumsum(floats([2, 5]), 1, exclusive, reverse),
          tf.cumsum(ints([2, 5, 3]), 1, exclusive, reverse),
          tf.cumprod(floats([2, 5, 3]), 1, exclusive, reverse),
          tf.cumprod(floats([4]), 0, exclusive, reverse),
        ]);
      });
    }
  }

  it('topk, the first of equals first', async () => {
    await expectAgreement(() => {
      const { values, indices } = tf.topk(ints([3, 8], { low: 0, high: 4 }), 5);
      return [values, indices];
    });
    await expectAgreement(() => {
      const { values, indices } = tf.topk(floats([7]), 2);
      return [values, indices];
    });
  });

  it('one output of topk without the other', async () => {
    await expectAgreement(() => tf.topk(floats([2, 7]), 3).indices);
  });
});
