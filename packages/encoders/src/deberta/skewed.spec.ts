import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { skewed } from './skewed.js';

/** Each element is its place in memory: x [2, 2, n, columns]. */
function numbered(asking: number, columns: number): tf.Tensor4D {
  return tf.tensor4d(
    Array.from({ length: 4 * asking * columns }, (_, i) => i),
    [2, 2, asking, columns],
  );
}

describe('skewed', () => {
  beforeAll(async () => void (await tf.setBackend('cpu')));

  it.each([
    [3, 3],
    [1, 4],
    [4, 1],
    [2, 5],
    [1, 1],
  ])('takes (i, n − 1 − i + j) to (i, j): %d asking, %d columns', async (asking, count) => {
    const columns = asking + count;
    const x = numbered(asking, columns);
    const y = skewed(x);
    expect(y.shape).toEqual([2, 2, asking, count]);
    const [from, to] = [await x.array(), await y.array()];
    for (const [row, heads] of to.entries()) {
      for (const [head, matrix] of heads.entries()) {
        const expected = matrix.map((line, i) => line.map((_, j) => from[row]?.[head]?.[i]?.[asking - 1 - i + j]));
        expect(matrix).toEqual(expected);
      }
    }
  });

  it('has a gradient: each element goes back to where it came from', async () => {
    const x = numbered(2, 5);
    const dy = tf.tensor4d(
      Array.from({ length: 24 }, (_, i) => i + 1),
      [2, 2, 2, 3],
    );
    const back = tf.grad((input) => skewed(input as tf.Tensor4D))(x, dy);
    expect([...(await back.data())].slice(0, 10)).toEqual([0, 1, 2, 3, 0, 4, 5, 6, 0, 0]);
  });
});
