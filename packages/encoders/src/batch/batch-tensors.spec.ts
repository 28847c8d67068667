import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { disposeBatch, toTensors } from './batch-tensors.js';
import { collate } from './token-batch.js';

beforeAll(() => tf.setBackend('cpu'));

it('repeats the rows one after another and gives everything back', async () => {
  const before = tf.memory().numTensors;
  const sequences = [[1, 2], [3]].map((ids) => ({ ids: Int32Array.from(ids), typeIds: new Int32Array(ids.length) }));
  const batch = toTensors(collate(sequences, { padId: 0 }), 2);
  expect([batch.rows, batch.length, batch.ids.dtype, batch.mask.dtype]).toEqual([4, 2, 'int32', 'float32']);
  expect([...(await batch.ids.data())]).toEqual([1, 2, 3, 0, 1, 2, 3, 0]);
  expect([...(await batch.mask.data())]).toEqual([1, 1, 1, 0, 1, 1, 1, 0]);
  disposeBatch(batch);
  expect(tf.memory().numTensors).toBe(before);
});
