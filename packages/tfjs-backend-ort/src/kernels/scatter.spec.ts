import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { bools, floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('scatter kernels agree with the cpu backend', () => {
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

  it('tensorScatterUpdate and sparseToDense', async () => {
    const places = (): tf.Tensor => tf.tensor([[2], [0]], [2, 1], 'int32');
    await expectAgreement(() => [
      tf.tensorScatterUpdate(floats([4, 3]), places(), floats([2, 3])),
      tf.tensorScatterUpdate(bools([2, 2]), tf.tensor([[1, 0]], [1, 2], 'int32'), tf.tensor([true], [1], 'bool')),
      tf.sparseToDense(places(), tf.tensor1d([5, 7]), [4], -1),
      tf.sparseToDense(
        tf.tensor(
          [
            [0, 1],
            [2, 2],
          ],
          [2, 2],
          'int32',
        ),
        tf.scalar(3, 'int32'),
        [3, 3],
        9,
      ),
    ]);
  });

  it('of two updates of one place the later is kept', async () => {
    const twice = (): tf.Tensor => tf.tensor([[1], [1]], [2, 1], 'int32');
    await expectAgreement(() => tf.tensorScatterUpdate(floats([3]), twice(), tf.tensor1d([5, 7])));
  });
});
