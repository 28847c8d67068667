import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

const ODD = [NaN, Infinity, -Infinity, 0, -0, 5.5, 6.5, -40, 40];

describe('activation kernels agree with the cpu backend', () => {
  const activations = {
    relu6: tf.relu6,
    elu: tf.elu,
    selu: tf.selu,
    leakyRelu: (x: tf.Tensor): tf.Tensor => tf.leakyRelu(x, 0.3),
    prelu: (x: tf.Tensor): tf.Tensor => tf.prelu(x, tf.tensor(0.7)),
  };
  for (const [name, compute] of Object.entries(activations)) {
    it(name, async () => {
      for (const shape of [[], [5], [3, 1, 4]]) await expectAgreement(() => compute(floats(shape)));
      await expectAgreement(() => compute(tf.tensor(ODD)));
    });

    it(`the gradient of ${name}`, async () => {
      await expectAgreement(() => tf.grad((x) => tf.square(compute(x)))(floats([3, 4], { low: -8, high: 8 })));
    });
  }

  it('whole numbers', async () => {
    await expectAgreement(() => [tf.leakyRelu(ints([3, 4])), tf.relu6(ints([3, 4], { high: 12 }))]);
  });

  it('prelu with a slope for each channel', async () => {
    await expectAgreement(() => tf.prelu(floats([2, 3, 4]), floats([4])));
  });
});
