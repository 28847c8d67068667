import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { floats } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('batch normalisation agrees with the cpu backend', () => {
  const variance = (): tf.Tensor => floats([5], { low: 0.1, high: 2 });

  it('with and without scale and offset', async () => {
    await expectAgreement(() => [
      tf.batchNorm(floats([4, 5]), floats([5]), variance()),
      tf.batchNorm(floats([2, 3, 5]), floats([5]), variance(), undefined, floats([5]), 0.01),
      tf.batchNorm(floats([2, 1, 3, 5]), floats([5]), variance(), floats([5]), floats([5])),
    ]);
  });

  it('gradients', async () => {
    const normalise = (x: tf.Tensor, mean: tf.Tensor, spread: tf.Tensor): tf.Tensor =>
      tf.square(tf.batchNorm(x, mean, spread, floats([5], { low: 3, high: 4 }), floats([5])));
    await expectAgreement(() => tf.grads(normalise)([floats([4, 5]), floats([5]), variance()]), 1e-4);
  });
});
