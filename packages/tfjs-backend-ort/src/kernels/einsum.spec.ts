import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement, readUnder } from '../testing/agreement.js';
import { floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('einsum agrees with the cpu backend', () => {
  it.each(['ij->ji', 'ij->i', 'ij->', 'ij -> j'])('%s', async (equation) => {
    await expectAgreement(() => tf.einsum(equation, floats([3, 4])));
  });

  it.each(['ij,jk->ik', 'ij,jk->ki', 'ij,jk->ijk'])('%s', async (equation) => {
    await expectAgreement(() => tf.einsum(equation, floats([3, 4]), floats([4, 5])));
    await expectAgreement(() => tf.einsum(equation, ints([3, 4]), ints([4, 5])));
  });

  it('a product summed up to one number, which the cpu backend leaves half summed', async () => {
    const [sum, expected] = await readUnder('ort', () => {
      const [a, b] = [floats([3, 4]), floats([4, 5])];
      return [tf.einsum('ij,jk->', a, b), tf.sum(tf.matMul(a, b))];
    });
    expect(sum?.shape).toEqual([]);
    expect(sum?.elements[0]).toBeCloseTo(expected?.elements[0] ?? NaN, 4);
  });

  it('attention scores', async () => {
    const scores = (q: tf.Tensor, k: tf.Tensor): tf.Tensor => tf.einsum('bqhd,bkhd->bhqk', q, k);
    await expectAgreement(() => scores(floats([2, 3, 2, 4]), floats([2, 5, 2, 4])));
  });

  it('refuses what does not fit', async () => {
    await tf.setBackend('ort');
    expect(() => tf.einsum('ij,jk->ik', floats([2, 3]), floats([2, 2]))).toThrow(
      /Einsum of float32 \[2,3\].*dimension/,
    );
  });
});
