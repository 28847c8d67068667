import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement, readUnder } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

const SHAPES: number[][] = [[], [5], [3, 1, 4], [2, 1, 2, 1, 3]];
const ODD = [NaN, Infinity, -Infinity, 0, -0, 0.5, 1.5, 2.5, -0.5, -1.5, 40, -40];

describe('unary kernels agree with the cpu backend', () => {
  const anywhere = {
    neg: tf.neg,
    abs: tf.abs,
    square: tf.square,
    sign: tf.sign,
    exp: tf.exp,
    expm1: tf.expm1,
    sigmoid: tf.sigmoid,
    softplus: tf.softplus,
    erf: tf.erf,
    floor: tf.floor,
    ceil: tf.ceil,
    round: tf.round,
    relu: tf.relu,
    reciprocal: tf.reciprocal,
    isNaN: tf.isNaN,
    isInf: tf.isInf,
    isFinite: tf.isFinite,
    step: (x: tf.Tensor): tf.Tensor => tf.step(x, -0.25),
    clipByValue: (x: tf.Tensor): tf.Tensor => tf.clipByValue(x, -0.5, 1),
  };
  for (const [name, compute] of Object.entries(anywhere)) {
    it(name, async () => {
      for (const shape of SHAPES) await expectAgreement(() => compute(floats(shape)));
    });
  }

  const aboveZero = { log: tf.log, log1p: tf.log1p, sqrt: tf.sqrt, rsqrt: tf.rsqrt };
  for (const [name, compute] of Object.entries(aboveZero)) {
    it(name, async () => {
      for (const shape of SHAPES) await expectAgreement(() => compute(floats(shape, { low: 1e-3, high: 5 })));
    });
  }

  const total = [
    tf.neg,
    tf.abs,
    tf.square,
    tf.sign,
    tf.exp,
    tf.sigmoid,
    tf.floor,
    tf.ceil,
    tf.round,
    tf.relu,
    tf.isNaN,
    tf.isInf,
    tf.isFinite,
    tf.step,
    tf.log,
    tf.sqrt,
    tf.softplus,
    tf.erf,
  ];
  it.each(total.map((compute) => [compute.name.replace(/__op$/, ''), compute] as const))(
    '%s at infinities, NaN, halves and far out',
    async (_, compute) => {
      await expectAgreement(() => compute(tf.tensor(ODD)));
    },
  );

  it('whole numbers and booleans', async () => {
    for (const compute of [tf.neg, tf.abs, tf.square, tf.sign, tf.relu, tf.step]) {
      await expectAgreement(() => compute(ints([3, 4])));
    }
    await expectAgreement(() => [tf.isNaN(ints([4])), tf.exp(ints([4], { low: 9, high: 12 }))]);
    await expectAgreement(() => tf.clipByValue(ints([3, 4]), -2, 3));
    await expectAgreement(() => tf.abs(bools([3])));
  });

  it('log1p and expm1 keep the digits of numbers near zero', async () => {
    const [log, exp] = await readUnder('ort', () => [tf.log1p(tf.tensor([1e-9])), tf.expm1(tf.tensor([1e-9]))]);
    expect(log?.elements[0]).toBeCloseTo(1e-9, 14);
    expect(exp?.elements[0]).toBeCloseTo(1e-9, 14);
  });
});
