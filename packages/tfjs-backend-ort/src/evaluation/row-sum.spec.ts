import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { floats } from '../testing/random-tensor.js';

const [count, width] = [50, 6];

const backend = registerOrtBackend();

beforeAll(() => tf.setBackend('ort'));

/** The gradient of a table of which rows are looked up: sums of the rows of dy, computed in the graph, by id. */
function gradientOfTable(ids: readonly number[], dy: tf.Tensor2D): tf.Tensor {
  const rows: tf.Tensor2D = tf.square(dy);
  return tf.unsortedSegmentSum(rows, tf.tensor1d([...ids], 'int32'), count);
}

async function expected(ids: readonly number[], dy: tf.Tensor2D): Promise<number[]> {
  const values = await dy.array();
  const total = new Float32Array(count * width);
  ids.forEach((id, row) =>
    values[row]?.forEach((x, column) => {
      total[id * width + column] = (total[id * width + column] ?? 0) + Math.fround(x * x);
    }),
  );
  return [...total];
}

it('is the sum by id, also in an array that held another one before, or something else', async () => {
  const batches = [
    [3, 0, 3, 49],
    [7, 7, 7],
    [3, 48],
    [1, 2, 3, 4, 5],
  ];
  let array: Float32Array | undefined;
  for (const [turn, ids] of batches.entries()) {
    const dy = floats([ids.length, width]) as tf.Tensor2D;
    const gradient = gradientOfTable(ids, dy);
    await backend.evaluate([gradient]);
    const values = (await gradient.data()) as Float32Array;
    expect([...values]).toEqual(await expected(ids, dy));
    if (turn > 0) expect(values).toBe(array);
    array = values;
    backend.recycle([gradient]);
    if (turn !== 2) continue;
    const other = tf.exp(floats([count * width]));
    await backend.evaluate([other]);
    expect(await other.data()).toBe(array);
    backend.recycle([other]);
  }
});

it('is the same number for number where the graph goes on with it, and where its rows are asked for as well', async () => {
  const ids = [9, 4, 9, 9, 0];
  const dy = floats([ids.length, width]) as tf.Tensor2D;
  const gradient = gradientOfTable(ids, dy);
  const twice = tf.add(gradient, gradient);
  await backend.evaluate([gradient, twice]);
  const values = await gradient.data();
  expect([...values]).toEqual(await expected(ids, dy));
  expect([...(await twice.data())]).toEqual([...values].map((x) => 2 * x));

  const rows: tf.Tensor2D = tf.square(dy);
  const sum = tf.unsortedSegmentSum(rows, tf.tensor1d(ids, 'int32'), count);
  await backend.evaluate([sum, rows]);
  expect([...(await sum.data())]).toEqual([...values]);
  expect([...(await rows.data())]).toEqual([...(await tf.square(dy).data())]);
});
