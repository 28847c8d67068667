import * as tf from '@tensorflow/tfjs-core';
import { cast, record, scalar } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { choose } from './comparison.js';
import { type Axes, reduce, reducedShape } from './reduce.js';
import { type FastSum, sum } from './sum.js';
import { isNan } from './unary.js';

/** Folding some axes away. Without axes to fold, the elements stay as they are. */
export const reductionKernels: readonly Kernel[] = [
  sumKernel(),
  kernel<tf.ProdInputs, tf.ProdAttrs>(tf.Prod, ({ x }, axes) => reduce('ReduceProd', countable(x), axes)),
  kernel<tf.MeanInputs, tf.MeanAttrs>(tf.Mean, ({ x }, axes) => reduce('ReduceMean', cast(x, 'float32'), axes)),
  kernel<tf.MaxInputs, tf.MaxAttrs>(tf.Max, ({ x }, { reductionIndices, keepDims }) =>
    extremum('ReduceMax', x, { axis: reductionIndices, keepDims }),
  ),
  kernel<tf.MinInputs, tf.MinAttrs>(tf.Min, ({ x }, axes) => extremum('ReduceMin', x, axes)),
  kernel<tf.AllInputs, tf.AllAttrs>(tf.All, ({ x }, axes) => extremum('ReduceMin', cast(x, 'bool'), axes)),
  kernel<tf.AnyInputs, tf.AnyAttrs>(tf.Any, ({ x }, axes) => extremum('ReduceMax', cast(x, 'bool'), axes)),
  kernel<tf.ArgMaxInputs, tf.ArgMaxAttrs>(tf.ArgMax, ({ x }, { axis }) => arg('ArgMax', x, axis)),
  kernel<tf.ArgMinInputs, tf.ArgMinAttrs>(tf.ArgMin, ({ x }, { axis }) => arg('ArgMin', x, axis)),
];

/** @param forms the faster forms that it may take; all that there are by default */
export function sumKernel(forms?: readonly FastSum[]): Kernel {
  return kernel<tf.SumInputs, tf.SumAttrs>(tf.Sum, ({ x }, axes) => sum(countable(x), axes, forms));
}

/** The largest or smallest, over booleans too; where a NaN is among them the result is NaN, which ONNX Runtime drops. */
function extremum(op: 'ReduceMax' | 'ReduceMin', x: Value, axes: Axes): Value {
  const found = cast(reduce(op, countable(x), axes), x.dtype);
  if (x.dtype !== 'float32' || found === x) return found;
  const spoiled = reduce('ReduceMax', cast(isNan(x), 'int32'), axes);
  return choose(cast(spoiled, 'bool'), scalar(NaN, 'float32'), found);
}

/** Sums of booleans are counts. */
function countable(x: Value): Value {
  return x.dtype === 'bool' ? cast(x, 'int32') : x;
}

/** Index of the first largest or smallest element along an axis, as int32; a NaN is neither, as in TensorFlow.js. */
function arg(op: 'ArgMax' | 'ArgMin', x: Value, axis: number): Value {
  const [along = 0] = tf.util.parseAxisParam(axis, [...x.shape]);
  const shape = reducedShape(x.shape, [along], false);
  const worst = scalar(op === 'ArgMax' ? -Infinity : Infinity, 'float32');
  const ordered = x.dtype === 'float32' ? choose(isNan(x), worst, x) : countable(x);
  return cast(record(op, [ordered], { shape, dtype: 'int64', attributes: { axis: along, keepdims: 0 } }), 'int32');
}
