import * as tf from '@tensorflow/tfjs-core';
import { tableSpec } from '../model/parameter-spec.js';
import type { RelativeAttention } from './relative-attention.js';

/** T5's and MPNet's numbers, whatever config.json says of distances (transformers, `MPNetEncoder.relative_position_bucket`). */
const BUCKETS = 32;
const LARGEST_DISTANCE = 128;

/**
 * The bucket of a distance: one half of the buckets for keys at or before the query, one for keys after it. In each half the first
 * half goes one by one, the rest by the logarithm.
 */
export function relativeBucket(distance: number): number {
  const half = BUCKETS / 2;
  const exact = half / 2;
  const size = Math.abs(distance);
  const coarse = exact + Math.floor((Math.log(size / exact) / Math.log(LARGEST_DISTANCE / exact)) * (half - exact));
  return (distance < 0 ? half : 0) + (size < exact ? size : Math.min(half - 1, coarse));
}

/** The buckets of query − key for all pairs of `length` positions, int32 [length, length]. The caller disposes of them. */
export function relativeBuckets(length: number): tf.Tensor2D {
  const buckets = new Int32Array(length * length);
  for (let query = 0; query < length; query++) {
    for (let key = 0; key < length; key++) buckets[query * length + key] = relativeBucket(query - key);
  }
  return tf.tensor2d(buckets, [length, length], 'int32');
}

/**
 * A learned bias for each bucket and head, the same for all rows and layers (Shaw et al. 2018 in the form of Raffel et al. 2020).
 * @param name of its table, [buckets, heads], behind the encoder's prefix
 */
export const relativeBias = (name: string): RelativeAttention => ({
  specs: (prefix, { heads, relativeBuckets: rows = BUCKETS }) => [
    tableSpec(
      `${prefix}.${name}`,
      { kind: 'relative-positions', block: 'attention', label: 'relative_attention_bias' },
      [rows, heads],
    ),
  ],
  create(weights, { positions }) {
    const buckets = relativeBuckets(positions);
    return {
      start({ length }) {
        const scores = biases(weights.get(`${name}.weight`) as unknown as tf.Tensor2D, buckets, length);
        return ({ query }) => rowsOf(scores, query.shape[2]);
      },
      constants: [buckets],
    };
  },
});

/** The scores of the first tokens alone: [1, heads, T, T] → [1, heads, count, T]. */
function rowsOf(scores: tf.Tensor4D, count: number): tf.Tensor4D {
  const [, heads, length] = scores.shape;
  return count === length ? scores : tf.slice(scores, [0, 0, 0, 0], [1, heads, count, length]);
}

/** @returns [1, heads, T, T] */
function biases(table: tf.Tensor2D, buckets: tf.Tensor2D, length: number): tf.Tensor4D {
  const [, heads] = table.shape;
  const flat: tf.Tensor1D = tf.reshape(tf.slice(buckets, [0, 0], [length, length]), [length * length]);
  return tf.reshape(tf.transpose(tf.gather(table, flat)), [1, heads, length, length]);
}
