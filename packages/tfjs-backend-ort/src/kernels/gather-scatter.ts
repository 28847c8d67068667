import * as tf from '@tensorflow/tfjs-core';
import { KernelError } from '../errors.js';
import { cast, expand, filled, fixedValue, record, reshape, scalar, unsqueeze } from '../graph-builder.js';
import { type Shape, type Value, sizeOf } from '../graph-node.js';
import { type Kernel, kernel } from '../kernel.js';
import { binary } from './arithmetic.js';
import { choose, compare, logic } from './comparison.js';
import { reduce } from './reduction.js';

/** Reading from and adding to places that a tensor of indices names. */
export const gatherScatterKernels: readonly Kernel[] = [
  kernel<tf.GatherV2Inputs, tf.GatherV2Attrs>(tf.GatherV2, ({ x, indices }, { axis, batchDims }) => {
    if (batchDims !== 0) throw new KernelError(`batchDims = ${batchDims} is not supported: only 0 is.`);
    const [along = 0] = tf.util.parseAxisParam(axis, [...x.shape]);
    const shape = [...x.shape.slice(0, along), ...indices.shape, ...x.shape.slice(along + 1)];
    return record('Gather', [x, cast(indices, 'int32')], { shape, dtype: x.dtype, attributes: { axis: along } });
  }),
  kernel<tf.GatherNdInputs>(tf.GatherNd, ({ params, indices }) => {
    const depth = indices.shape.at(-1) ?? 0;
    const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
    return record('GatherND', [params, cast(indices, 'int64')], { shape, dtype: params.dtype });
  }),
  kernel<tf.ScatterNdInputs, tf.ScatterNdAttrs>(tf.ScatterNd, ({ indices, updates }, { shape }) =>
    scatterNd(indices, updates, shape),
  ),
  kernel<tf.UnsortedSegmentSumInputs, tf.UnsortedSegmentSumAttrs>(
    tf.UnsortedSegmentSum,
    ({ x, segmentIds }, { numSegments }) => {
      const outer = segmentIds.shape.length;
      const inner = x.shape.slice(outer);
      const rows = reshape(x, [sizeOf(segmentIds.shape), sizeOf(inner)]);
      const ids = reshape(cast(segmentIds, 'int32'), [sizeOf(segmentIds.shape)]);
      return reshape(sumRows(rows, ids, numSegments), [numSegments, ...inner]);
    },
  ),
];

/**
 * Row i of the result, [count, width], is the sum of the rows with id i. Rows whose id is outside 0 … count - 1 are
 * left out. ScatterElements adds in the order of the rows; ScatterND with `reduction=add` would be twice as fast, but
 * its threads share the rows out, and the order of additions, so the last bits, would change from run to run.
 */
function sumRows(rows: Value, ids: Value, count: number): Value {
  const [height = 0, width = 0] = rows.shape;
  const inside = logic('And', compare('GreaterOrEqual', ids, scalar(0, 'int32')), below(ids, count));
  const kept = choose(unsqueeze(inside, 1), rows, scalar(0, rows.dtype));
  const places = expand(unsqueeze(choose(inside, ids, scalar(0, 'int32')), 1), [height, width]);
  const zeros = filled(0, { shape: [count, width], dtype: rows.dtype });
  return record('ScatterElements', [zeros, places, kept], {
    shape: [count, width],
    dtype: rows.dtype,
    attributes: { axis: 0, reduction: 'add' },
  });
}

function below(ids: Value, count: number): Value {
  return compare('Less', ids, scalar(count, 'int32'));
}

/** A tensor of zeros with the updates added at the places that the rows of `indices` name. */
function scatterNd(indices: Value, updates: Value, shape: Shape): Value {
  const depth = indices.shape.at(-1) ?? 1;
  const outer = shape.slice(0, depth);
  const updateCount = sizeOf(indices.shape.slice(0, -1));
  const width = sizeOf(shape.slice(depth));
  const strides = outer.map((_, axis) => sizeOf(outer.slice(axis + 1)));
  const places = reshape(cast(indices, 'int32'), [updateCount, depth]);
  const weights = fixedValue(`strides ${strides.join()}`, Int32Array.from(strides), { shape: [depth], dtype: 'int32' });
  const flat = reduce('ReduceSum', binary('Mul', places, weights), { axis: 1, keepDims: false });
  return reshape(sumRows(reshape(updates, [updateCount, width]), flat, sizeOf(outer)), shape);
}
