import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('gather kernels agree with the cpu backend', () => {
  it('gather along every axis', async () => {
    const indices = (): tf.Tensor => ints([2, 3], { low: 0, high: 4 });
    await expectAgreement(() => [
      tf.gather(floats([4, 5]), indices()),
      tf.gather(floats([2, 4, 3]), indices(), 1),
      tf.gather(ints([2, 4]), indices(), -1),
      tf.gather(bools([4]), tf.scalar(2, 'int32')),
    ]);
  });

  it('gatherND', async () => {
    await expectAgreement(() => [
      tf.gatherND(floats([3, 4, 2]), ints([5, 2], { low: 0, high: 3 })),
      tf.gatherND(ints([3, 4]), ints([2, 3, 1], { low: 0, high: 3 })),
    ]);
  });

  it('the gradient of an embedding, where words come again and again', async () => {
    const words = (): tf.Tensor => ints([6, 9], { low: 0, high: 5 });
    await expectAgreement(() => tf.grad((table) => tf.sum(tf.square(tf.gather(table, words()))))(floats([7, 4])));
    await expectAgreement(() => tf.grad((x) => tf.sum(tf.square(tf.gather(x, words(), 1))))(floats([3, 5, 2])));
  });

  it('an index beyond the table is an error that names the operation and its shapes', async () => {
    await tf.setBackend('ort');
    const lost = tf.gather(floats([4, 5]), tf.tensor1d([0, 4], 'int32'));
    await expect(lost.data()).rejects.toThrow(/could not run.*out of.*bounds.*Gather of float32 \[4,5\], int32 \[2\]/s);
  });

  it('gather with indices of its own for each batch', async () => {
    const indices = (): tf.Tensor => ints([2, 3], { low: 0, high: 4 });
    await expectAgreement(() => [
      tf.gather(floats([2, 4]), indices(), 1, 1),
      tf.gather(floats([2, 4, 5]), indices(), 1, 1),
      tf.gather(ints([2, 5, 4]), indices(), -1, -1),
      tf.gather(bools([2, 3, 4]), indices(), 2, 2),
    ]);
    await expectAgreement(() =>
      tf.grad((x) => tf.square(tf.gather(x, ints([2, 1], { low: 0, high: 4 }), 1, 1)))(floats([2, 4])),
    );
  });

  it('what does not fit together is refused', async () => {
    await tf.setBackend('ort');
    expect(() => tf.gather(floats([2, 4]), ints([3, 1], { low: 0, high: 4 }), 1, 1)).toThrow(/should be equal/);
    expect(() => tf.gatherND(floats([2, 4]), ints([1, 3], { low: 0, high: 2 }))).toThrow(/innermost dimension/);
  });
});
