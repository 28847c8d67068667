import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { attention, attentionBias } from '../layers/attention.js';
import { dropoutSite } from '../layers/dropout-site.js';
import { largestDifference } from '../testing/tensors.js';
import { attentionInParts } from './attention-in-parts.js';
import { attentionInBlocks, band, blocksOf } from './windows.js';

beforeAll(async () => void (await tf.setBackend('cpu')));

it('a window shows the keys on both sides, as far as it reaches', async () => {
  const shown = async (window: tf.Tensor4D) => [...(await window.data())].map((value) => (value === 0 ? 1 : 0));
  expect(await shown(band(4, 4, { reach: 1 }))).toEqual([1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1]);
  expect(await shown(band(2, 6, { reach: 1, before: 2 }))).toEqual([0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0]);
});

describe('attention in pieces', () => {
  const [rows, width, heads] = [2, 4, 2];
  const random = (length: number, label: string): tf.Tensor2D => {
    const stream = RandomStream.of('windows', label);
    const values = Float32Array.from({ length: rows * length * width }, () => stream.uint32() / 0x4000_0000 - 2);
    return tf.tensor2d(values, [rows * length, width]);
  };

  /** The states of the real tokens, and the gradients of a sum of them with random weights. */
  function run(
    length: number,
    attend: (parts: Record<'query' | 'key' | 'value', tf.Tensor2D>) => tf.Tensor2D,
    real: tf.Tensor2D,
  ) {
    const weighting = tf.mul(random(length, 'weighting'), tf.reshape(real, [rows * length, 1]));
    const parts = [random(length, 'query'), random(length, 'key'), random(length, 'value')];
    const value = (query: tf.Tensor, key: tf.Tensor, values: tf.Tensor) =>
      tf.mul(attend({ query, key, value: values } as Record<'query' | 'key' | 'value', tf.Tensor2D>), weighting);
    return [
      value(...(parts as [tf.Tensor, tf.Tensor, tf.Tensor])),
      ...tf.grads((...all) => tf.sum(value(...(all as [tf.Tensor, tf.Tensor, tf.Tensor]))))(parts),
    ];
  }

  it.each([1, 3, 7, 100])('is attention, for the queries of %i × 28 scores at a time', (queries) => {
    const [query, key, value] = ['query', 'key', 'value'].map((label) => random(7, label)) as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
    ];
    const bias = attentionBias(tf.tensor2d([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0], [rows, 7]));
    const inputs = { query, key, value, bias, heads, dropout: dropoutSite(undefined, 0) };
    const found = attentionInParts(inputs, queries * rows * heads * 7).dataSync();
    expect(largestDifference(found, attention(inputs).dataSync())).toBeLessThan(1e-6);
  });

  it.each([
    { length: 8, size: 4, reach: 4 },
    { length: 13, size: 4, reach: 4 },
    { length: 21, size: 4, reach: 3 },
    { length: 5, size: 8, reach: 2 },
    { length: 9, size: 2, reach: 0 },
  ])('in blocks is attention in a window: $length tokens, blocks of $size, reach $reach', ({ length, size, reach }) => {
    const real = tf.tensor2d(
      [...Array(length).fill(1), ...Array.from({ length }, (_, i) => (i < length - 3 ? 1 : 0))],
      [rows, length],
    );
    const others = { heads, dropout: dropoutSite(undefined, 0) };
    const bias: tf.Tensor4D = tf.add(attentionBias(real), band(length, length, { reach }));
    const blocks = blocksOf(real, size, band(size, 3 * size, { reach, before: size }));
    const whole = run(length, (parts) => attention({ ...parts, ...others, bias }), real);
    const cut = run(length, (parts) => attentionInBlocks({ ...parts, ...others }, blocks), real);
    whole.forEach((expected, i) => {
      expect(largestDifference(cut[i]?.dataSync() ?? [], expected.dataSync())).toBeLessThan(1e-5);
    });
  });
});
