import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement, readUnder } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

const SHAPES: [number[], number[]][] = [
  [
    [3, 4],
    [3, 4],
  ],
  [[2, 3, 4], [4]],
  [
    [2, 1, 4],
    [3, 1],
  ],
  [[], [2, 3]],
  [
    [1, 1, 2, 1, 3],
    [2, 1, 1],
  ],
  [[], []],
];

describe('arithmetic kernels agree with the cpu backend', () => {
  const operators = {
    add: tf.add,
    sub: tf.sub,
    mul: tf.mul,
    maximum: tf.maximum,
    minimum: tf.minimum,
    squaredDifference: tf.squaredDifference,
  };
  for (const [name, operator] of Object.entries(operators)) {
    it.each(SHAPES)(`${name} of [%s] and [%s]`, async (a, b) => {
      await expectAgreement(() => operator(floats(a), floats(b)));
      await expectAgreement(() => operator(ints(a), ints(b)));
      await expectAgreement(() => operator(ints(a), floats(b)));
    });
  }

  it.each(SHAPES)('division and powers of [%s] and [%s]', async (a, b) => {
    const divisor = (): tf.Tensor => floats(b, { low: 0.5, high: 3 });
    await expectAgreement(() => tf.div(floats(a), divisor()));
    await expectAgreement(() => tf.pow(floats(a, { low: 0.1, high: 3 }), floats(b)));
    await expectAgreement(() => tf.pow(ints(a), ints(b, { low: 0, high: 4 })));
    await expectAgreement(() => tf.floorDiv(floats(a), divisor()));
    await expectAgreement(() => tf.floorDiv(ints(a), ints(b, { low: 1, high: 4 })));
    await expectAgreement(() => tf.div(ints(a), ints(b, { low: -4, high: 0 })));
    await expectAgreement(() => tf.mod(floats(a), divisor()));
    await expectAgreement(() => tf.mod(floats(a), tf.neg(divisor())));
    await expectAgreement(() => tf.mod(ints(a), ints(b, { low: -4, high: 0 })));
  });

  it('whole numbers that float32 cannot hold are divided exactly', async () => {
    const [quotient] = await readUnder('ort', () =>
      tf.floorDiv(tf.tensor([2147483647, -7, 7], [3], 'int32'), tf.tensor([2, 2, -2], [3], 'int32')),
    );
    expect(quotient?.elements).toEqual([1073741823, -4, -4]);
  });

  it('bitwiseAnd', async () => {
    await expectAgreement(() => tf.bitwiseAnd(ints([2, 3], { low: 0, high: 99 }), ints([2, 3], { high: 64 })));
  });

  it('addN of several tensors', async () => {
    await expectAgreement(() => tf.addN([floats([2, 3]), floats([2, 3], { high: 9 }), tf.ones([2, 3])]));
  });

  it('booleans are stretched to the other type', async () => {
    await expectAgreement(() => tf.mul(floats([2, 3]), bools([2, 3])));
    await expectAgreement(() => tf.maximum(bools([5]), tf.tensor([1, 0, 1, 0, 1], [5], 'bool')));
  });

  it('infinities and NaN come through', async () => {
    const odd = (): tf.Tensor => tf.tensor([NaN, Infinity, -Infinity, 0, 1]);
    await expectAgreement(() => [tf.add(odd(), 1), tf.maximum(odd(), 0), tf.minimum(odd(), 0), tf.div(1, odd())]);
  });
});
