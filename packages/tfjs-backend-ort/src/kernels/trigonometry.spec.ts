import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('circular and hyperbolic kernels agree with the cpu backend', () => {
  const anywhere = {
    sin: tf.sin,
    cos: tf.cos,
    tan: tf.tan,
    atan: tf.atan,
    sinh: tf.sinh,
    cosh: tf.cosh,
    asinh: tf.asinh,
    tanh: tf.tanh,
  };
  for (const [name, compute] of Object.entries(anywhere)) {
    it(name, async () => {
      for (const shape of [[], [5], [3, 1, 4]]) await expectAgreement(() => compute(floats(shape)));
      await expectAgreement(() => compute(tf.tensor([NaN, 0, -0, 30, -30])), 1e-4);
    });
  }

  const within = { asin: tf.asin, acos: tf.acos, atanh: tf.atanh };
  for (const [name, compute] of Object.entries(within)) {
    it(`${name}, NaN outside -1 … 1`, async () => {
      await expectAgreement(() => compute(floats([3, 4], { low: -1, high: 1 })));
      await expectAgreement(() => compute(tf.tensor([NaN, 2, -2, 0])));
    });
  }

  it('acosh, NaN below 1', async () => {
    await expectAgreement(() => [tf.acosh(floats([6], { low: 1, high: 9 })), tf.acosh(tf.tensor([0.5, NaN, 1]))]);
  });

  it('atan2 in all four quadrants, on the axes, and without numbers', async () => {
    const [up, right] = [(): tf.Tensor => floats([4, 5]), (): tf.Tensor => floats([5])];
    await expectAgreement(() => [
      tf.atan2(up(), right()),
      tf.atan2(tf.tensor([1, -1, 0, 0, 0, NaN, 1, Infinity]), tf.tensor([0, 0, 1, -1, 0, 1, NaN, 1])),
      tf.atan2(ints([7]), floats([7])),
    ]);
    await expectAgreement(() => tf.grads((a, b) => tf.atan2(a, b))([up(), right()]));
  });
});
