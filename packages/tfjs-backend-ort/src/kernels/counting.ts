import * as tf from '@tensorflow/tfjs-core';
import { cast, filled, fixedValue, record, reshape, scalar, unsqueeze } from '../graph/graph-builder.js';
import { type Value, sizeOf } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { binary } from './arithmetic.js';
import { choose, compare } from './comparison.js';
import { reduce } from './reduce.js';
import { sumRows } from './scatter.js';

/** How often each whole number occurs, or what its weights add up to; how many numbers lie before another. */
export const countingKernels: readonly Kernel[] = [
  kernel<tf.BincountInputs, tf.BincountAttrs>(tf.Bincount, ({ x, weights }, { size }) =>
    count(reshape(x, [sizeOf(x.shape)]), weights, { size }),
  ),
  kernel<tf.DenseBincountInputs, tf.DenseBincountAttrs>(tf.DenseBincount, ({ x, weights }, attributes) =>
    count(x, weights, attributes),
  ),
  kernel<tf.SearchSortedInputs, tf.SearchSortedAttrs>(tf.SearchSorted, ({ sortedSequence, values }, { side }) => {
    // [batch, values, sequence]: no search, but all comparisons at once.
    const op = side === 'left' ? 'Less' : 'LessOrEqual';
    return countTrue(compare(op, unsqueeze(sortedSequence, 1), unsqueeze(values, 2)));
  }),
];

/** How often a condition holds along the innermost axis, as int32. */
export function countTrue(condition: Value): Value {
  return reduce('ReduceSum', cast(condition, 'int32'), { axis: -1, keepDims: false });
}

/**
 * x [length] or [rows, length] of int32 → [size] or [rows, size]: how often each of 0 … size - 1 occurs, or whether it
 * does (`binaryOutput`), or what its weights add up to if there are weights. Other numbers are left out.
 */
function count(x: Value, weights: Value, { size, binaryOutput = false }: tf.DenseBincountAttrs): Value {
  const shape = [...x.shape.slice(0, -1), size];
  const weighted = sizeOf(weights.shape) > 0 && !binaryOutput;
  const amounts = weighted ? reshape(weights, [sizeOf(x.shape), 1]) : onesFor(x, weights.dtype);
  const totals = reshape(sumRows(amounts, bins(x, size), sizeOf(shape)), shape);
  return binaryOutput ? record('Min', [totals, scalar(1, totals.dtype)], totals) : totals;
}

function onesFor(x: Value, dtype: Value['dtype']): Value {
  return filled(1, { shape: [sizeOf(x.shape), 1], dtype });
}

/** Each number's place in the flat result, -1 for those that have none. */
function bins(x: Value, size: number): Value {
  const rows = x.shape.length < 2 ? 1 : (x.shape[0] ?? 0);
  const starts = Int32Array.from({ length: rows }, (_, row) => row * size);
  const offset = fixedValue(`bins of ${size}`, starts, { shape: [rows, 1], dtype: 'int32' });
  const numbers = reshape(cast(x, 'int32'), [rows, sizeOf(x.shape) / Math.max(1, rows)]);
  const inside = compare('Less', numbers, scalar(size, 'int32'));
  const notNegative = compare('GreaterOrEqual', numbers, scalar(0, 'int32'));
  const none = scalar(-1, 'int32');
  return reshape(choose(notNegative, choose(inside, binary('Add', numbers, offset), none), none), [sizeOf(x.shape)]);
}
