import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { floats } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('softmax agrees with the cpu backend', () => {
  it.each([[[5]], [[3, 4]], [[2, 3, 1, 4]]])('of [%s]', async (shape) => {
    await expectAgreement(() => [tf.softmax(floats(shape)), tf.logSoftmax(floats(shape))]);
  });

  it('of masked and of very large scores', async () => {
    await expectAgreement(() =>
      tf.softmax(
        tf.tensor2d([
          [1, -1e9, 2, 1e4],
          [5, 5, -1e9, -1e9],
        ]),
      ),
    );
  });

  it('in a cross-entropy and its gradient', async () => {
    const labels = (): tf.Tensor => tf.oneHot(tf.tensor1d([0, 2, 1], 'int32'), 3);
    await expectAgreement(() => {
      const { value, grad } = tf.valueAndGrad((logits) => tf.losses.softmaxCrossEntropy(labels(), logits))(
        floats([3, 3]),
      );
      return [value, grad];
    });
  });
});
