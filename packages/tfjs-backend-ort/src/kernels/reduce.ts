import * as tf from '@tensorflow/tfjs-core';
import { integers, record } from '../graph/graph-builder.js';
import type { Shape, Value } from '../graph/graph-node.js';

export interface Axes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/** `axis` as TensorFlow.js gives it: one, several, negative ones, or none at all for every axis. */
export function reduce(op: string, x: Value, { axis, keepDims }: Axes): Value {
  const axes = tf.util.parseAxisParam(axis, [...x.shape]);
  if (axes.length === 0) return x;
  return record(op, [x, integers(axes)], {
    shape: reducedShape(x.shape, axes, keepDims),
    dtype: x.dtype,
    attributes: { keepdims: keepDims ? 1 : 0 },
  });
}

/** Shape without the axes, or with dimensions of 1 in their place. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): number[] {
  const gone = new Set(axes);
  return shape.flatMap((dimension, axis) => (gone.has(axis) ? (keepDims ? [1] : []) : [dimension]));
}
