import * as tf from '@tensorflow/tfjs-core';

/** T5's and MPNet's numbers, whatever config.json says (transformers, `MPNetEncoder.relative_position_bucket`). */
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
 * What is added to the scores of every row and layer, [1, heads, T, T] (Shaw et al. 2018 in the form of Raffel et al. 2020).
 * @param table a bias for each bucket and head, [32, heads]
 * @param buckets from `relativeBuckets`
 */
export function relativeBias(table: tf.Tensor2D, buckets: tf.Tensor2D, length: number): tf.Tensor4D {
  const [, heads] = table.shape;
  const flat: tf.Tensor1D = tf.reshape(tf.slice(buckets, [0, 0], [length, length]), [length * length]);
  return tf.reshape(tf.transpose(tf.gather(table, flat)), [1, heads, length, length]);
}
