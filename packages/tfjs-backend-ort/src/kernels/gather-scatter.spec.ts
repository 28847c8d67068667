import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('gather and scatter kernels agree with the cpu backend', () => {
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

  it('scatterND adds what falls on one place', async () => {
    const twice = (): tf.Tensor => tf.tensor([[2], [0], [2]], [3, 1], 'int32');
    await expectAgreement(() => [
      tf.scatterND(twice(), floats([3, 4]), [5, 4]),
      tf.scatterND(twice(), ints([3]), [5]),
      tf.scatterND(ints([6, 2], { low: 0, high: 3 }), floats([6, 2]), [3, 3, 2]),
    ]);
  });

  it('unsortedSegmentSum', async () => {
    await expectAgreement(() => [
      tf.unsortedSegmentSum(floats([7, 3]), ints([7], { low: 0, high: 4 }) as tf.Tensor1D, 5),
      tf.unsortedSegmentSum(floats([7, 2, 2]), ints([7], { low: 0, high: 3 }) as tf.Tensor1D, 3),
      tf.unsortedSegmentSum(floats([9]), ints([9], { low: 0, high: 3 }) as tf.Tensor1D, 3),
    ]);
  });

  it('rows whose segment does not exist are left out', async () => {
    await expectAgreement(() => tf.unsortedSegmentSum(floats([4, 2]), tf.tensor1d([-1, 0, 3, 1], 'int32'), 2));
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

  it('batchDims is refused by name', async () => {
    await tf.setBackend('ort');
    const gather = (): tf.Tensor => tf.gather(floats([2, 3]), ints([2, 1], { low: 0, high: 2 }), 1, 1);
    expect(gather).toThrow(/GatherV2 of float32 \[2,3\], int32 \[2,1\]: batchDims = 1 is not supported/);
  });
});
