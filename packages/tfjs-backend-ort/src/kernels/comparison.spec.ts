import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('comparison kernels agree with the cpu backend', () => {
  const comparisons = {
    equal: tf.equal,
    notEqual: tf.notEqual,
    greater: tf.greater,
    greaterEqual: tf.greaterEqual,
    less: tf.less,
    lessEqual: tf.lessEqual,
  };
  for (const [name, compare] of Object.entries(comparisons)) {
    it(`${name}, with broadcasting, of every type`, async () => {
      await expectAgreement(() => compare(ints([3, 4], { high: 0 }), ints([4], { high: 0 })));
      await expectAgreement(() => compare(floats([2, 3, 1]), floats([3, 4])));
      await expectAgreement(() => compare(bools([7]), bools([3, 7])));
      await expectAgreement(() => compare(tf.scalar(NaN), floats([3])));
    });
  }

  it('logic', async () => {
    await expectAgreement(() => tf.logicalAnd(bools([2, 3]), bools([3])));
    await expectAgreement(() => tf.logicalOr(bools([2, 1]), bools([1, 3])));
    await expectAgreement(() => tf.logicalNot(bools([2, 3])));
    await expectAgreement(() => tf.logicalXor(bools([2, 3]), bools([3])));
  });

  it('where, by elements, by rows, and over every type', async () => {
    await expectAgreement(() => tf.where(bools([2, 3]), floats([2, 3]), floats([3])));
    await expectAgreement(() => tf.where(bools([2, 3]), ints([2, 3]), ints([2, 1])));
    await expectAgreement(() => tf.where(bools([4]), bools([4]), tf.logicalNot(bools([4]))));
    await expectAgreement(() => tf.where(bools([1, 3]), floats([2, 1, 3]), tf.scalar(7)));
  });
});
