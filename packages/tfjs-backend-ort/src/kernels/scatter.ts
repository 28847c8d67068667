import * as tf from '@tensorflow/tfjs-core';
import { cast, expand, filled, fixedValue, record, reshape, scalar, unsqueeze } from '../graph/graph-builder.js';
import { type Shape, type Value, sizeOf } from '../graph/graph-node.js';
import type { HostArray } from '../graph/host-array.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { noteRowSum } from '../evaluation/row-sum.js';
import { binary } from './arithmetic.js';
import { choose, compare, logic } from './comparison.js';
import { reduce } from './reduce.js';
import { asTensorInfo } from './tensor-info.js';

/** Writing to or adding to the places that a tensor of indices names. */
export const scatterKernels: readonly Kernel[] = [
  kernel<tf.ScatterNdInputs, tf.ScatterNdAttrs>(tf.ScatterNd, ({ indices, updates }, { shape }) => {
    const { ids, rows, count } = flatten(indices, updates, shape);
    return reshape(sumRows(rows, ids, count), shape);
  }),
  kernel<tf.TensorScatterUpdateInputs>(tf.TensorScatterUpdate, ({ tensor, indices, updates }) => {
    const { ids, rows, count, width } = flatten(indices, updates, tensor.shape);
    return reshape(scatter(reshape(tensor, [count, width]), rows, ids), tensor.shape);
  }),
  kernel<tf.SparseToDenseInputs, tf.SparseToDenseAttrs>(
    tf.SparseToDense,
    ({ sparseIndices, sparseValues, defaultValue }, { outputShape }) => {
      const { ids, rows, count, width } = flatten(sparseIndices, sparseValues, outputShape);
      const background = expand(reshape(cast(defaultValue, sparseValues.dtype), []), [count, width]);
      return reshape(scatter(background, rows, ids), outputShape);
    },
  ),
  segmentSumKernel(),
];

/** @param note as `sumRows` has it */
export function segmentSumKernel(note?: typeof noteRowSum): Kernel {
  return kernel<tf.UnsortedSegmentSumInputs, tf.UnsortedSegmentSumAttrs>(
    tf.UnsortedSegmentSum,
    ({ x, segmentIds }, { numSegments }) => {
      const outer = segmentIds.shape.length;
      const inner = x.shape.slice(outer);
      const rows = reshape(x, [sizeOf(segmentIds.shape), sizeOf(inner)]);
      const ids = reshape(cast(segmentIds, 'int32'), [sizeOf(segmentIds.shape)]);
      return reshape(sumRows(rows, ids, numSegments, note), [numSegments, ...inner]);
    },
  );
}

/**
 * Row i of the result, [count, width], is the sum of the rows with id i. Rows whose id is outside 0 … count - 1 are
 * left out. ScatterElements adds in the order of the rows. ScatterND with `reduction=add` would be twice as fast, but its
 * threads share the rows: the order of additions, and with it the last bits, would change from run to run.
 * @param note is told of a sum whose ids are known: it can be added up without the graph
 */
export function sumRows(rows: Value, ids: Value, count: number, note = noteRowSum): Value {
  const width = rows.shape[1] ?? 0;
  const zeros = filled(0, { shape: [count, width], dtype: rows.dtype });
  const given = hostIds(ids);
  if (given?.every((id) => id >= 0 && id < count)) {
    return note(scatter(zeros, rows, ids, { reduction: 'add' }), { rows, ids: given });
  }
  const inside = logic('And', compare('GreaterOrEqual', ids, scalar(0, 'int32')), below(ids, count));
  const kept = choose(unsqueeze(inside, 1), rows, scalar(0, rows.dtype));
  return scatter(zeros, kept, choose(inside, ids, scalar(0, 'int32')), { reduction: 'add' });
}

/** Ids that are fed, perhaps under another shape. */
function hostIds({ origin }: Value): HostArray | undefined {
  if (origin.kind === 'computed' && origin.node.op === 'Reshape') {
    const [ids] = origin.node.inputs;
    return ids && hostIds(ids);
  }
  return origin.kind === 'host' ? origin.array : undefined;
}

function below(ids: Value, count: number): Value {
  return compare('Less', ids, scalar(count, 'int32'));
}

/** `target`, [count, width], with each row put (of two for one place the later) or added in the place of its id. */
function scatter(target: Value, rows: Value, ids: Value, attributes: { reduction?: 'add' } = {}): Value {
  const places = expand(unsqueeze(ids, 1), rows.shape);
  return record('ScatterElements', [target, places, rows], { ...target, attributes: { axis: 0, ...attributes } });
}

interface FlatUpdates {
  /** Number of the row that each update is meant for, [updates]. */
  readonly ids: Value;
  /** [updates, width] */
  readonly rows: Value;
  /** Of the tensor to be updated: number of rows, and elements in each. */
  readonly count: number;
  readonly width: number;
}

/** Updates of the slices that the rows of `indices` name, as updates of the rows of a matrix. */
function flatten(indices: Value, updates: Value, shape: Shape): FlatUpdates {
  const sizes = tf.scatter_util.calculateShapes(asTensorInfo(updates), asTensorInfo(indices), [...shape]);
  const { sliceRank, numUpdates, sliceSize: width } = sizes;
  const strides = sizes.strides.slice(0, sliceRank);
  const places = reshape(cast(indices, 'int32'), [numUpdates, sliceRank]);
  const weights = fixedValue(`strides ${strides.join()}`, Int32Array.from(strides), {
    shape: [sliceRank],
    dtype: 'int32',
  });
  const ids = reduce('ReduceSum', binary('Mul', places, weights), { axis: 1, keepDims: false });
  const single = sizeOf(updates.shape) === 1;
  const rows = single ? expand(updates, [numUpdates, width]) : reshape(updates, [numUpdates, width]);
  return { ids, rows, count: sizeOf(shape.slice(0, sliceRank)), width };
}
