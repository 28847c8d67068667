import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement, readUnder } from '../testing/agreement.js';
import { floats, ints } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

const BATCHES: [number[], number[]][] = [
  [[], []],
  [[3], [3]],
  [
    [2, 3],
    [2, 3],
  ],
  [[1], [3]],
  [[4], []],
];

describe('matrix products agree with the cpu backend', () => {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      it.each(BATCHES)(`batches [%s] × [%s], transposed ${transposeA}, ${transposeB}`, async (outerA, outerB) => {
        const a = [...outerA, ...(transposeA ? [5, 2] : [2, 5])];
        const b = [...outerB, ...(transposeB ? [4, 5] : [5, 4])];
        await expectAgreement(() => tf.matMul(floats(a), floats(b), transposeA, transposeB));
      });
    }
  }

  it('batches of different ranks, where the cpu backend makes too few elements', async () => {
    const a = (): tf.Tensor => floats([2, 1, 4, 5]);
    const b = (): tf.Tensor => floats([3, 6, 5]);
    const [broadcast, spelledOut] = await readUnder('ort', () => [
      tf.matMul(a(), b(), false, true),
      tf.matMul(tf.broadcastTo(a(), [2, 3, 4, 5]), tf.broadcastTo(b(), [2, 3, 6, 5]), false, true),
    ]);
    expect(broadcast).toEqual(spelledOut);
    expect(broadcast?.shape).toEqual([2, 3, 4, 6]);
  });

  it('whole numbers', async () => {
    await expectAgreement(() => tf.matMul(ints([3, 4]), ints([5, 4]), false, true));
  });

  it('dot products of vectors', async () => {
    await expectAgreement(() => tf.dot(floats([4]), floats([4])));
  });

  it('with bias and activation', async () => {
    for (const activation of ['linear', 'relu', 'relu6', 'sigmoid'] as const) {
      await expectAgreement(() =>
        tf.fused.matMul({ a: floats([3, 4]), b: floats([4, 2]), bias: floats([2]), activation }),
      );
    }
    await expectAgreement(() => tf.fused.matMul({ a: floats([4, 3]), b: floats([4, 2]), transposeA: true }));
  });

  it('an activation without the weights it needs is refused by name', async () => {
    await tf.setBackend('ort');
    const fused = (): tf.Tensor => tf.fused.matMul({ a: floats([3, 4]), b: floats([4, 2]), activation: 'prelu' });
    expect(fused).toThrow(/_FusedMatMul of float32 \[1,3,4\], float32 \[1,4,2\]: The activation prelu/);
  });
});
