import * as tf from '@tensorflow/tfjs-core';
import { fixedValue, record, reshape } from '../graph/graph-builder.js';
import { type Value, sizeOf } from '../graph/graph-node.js';
import { type Axes, reduce, reducedShape } from './reduce.js';

/** With fewer rows a matrix product costs more to start than the sum takes. */
const ROWS_WORTH_A_PRODUCT = 16;

/** A faster form of some sums; undefined for all others. */
export type FastSum = (x: Value, axes: Axes) => Value | undefined;

/** Two kinds of sum that are common in training have faster forms than ReduceSum. */
const fastSums: readonly FastSum[] = [sumOfSquares, sumOfRows];

/** Σ over some axes, in the first of the forms that fits. */
export function sum(x: Value, axes: Axes, forms = fastSums): Value {
  for (const form of forms) {
    const found = form(x, axes);
    if (found !== undefined) return found;
  }
  return reduce('ReduceSum', x, axes);
}

/** Σ x² of a gradient, for its norm: in one pass, without writing the squares down. */
export function sumOfSquares({ origin, dtype }: Value, axes: Axes): Value | undefined {
  if (dtype !== 'float32' || origin.kind !== 'computed' || origin.node.op !== 'Mul') return undefined;
  const [a, b] = origin.node.inputs;
  return a !== undefined && a === b ? reduce('ReduceSumSquare', a, axes) : undefined;
}

/** The sum of the rows of a matrix, for the gradient of a bias: 1ᵀ·x as a matrix product, four times as fast. */
export function sumOfRows(x: Value, { axis, keepDims }: Axes): Value | undefined {
  const axes = tf.util.parseAxisParam(axis, [...x.shape]).sort((a, b) => a - b);
  const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((folded, index) => folded === index);
  const rows = sizeOf(x.shape.slice(0, axes.length));
  const width = sizeOf(x.shape.slice(axes.length));
  if (x.dtype !== 'float32' || !leading || rows < ROWS_WORTH_A_PRODUCT || width === 0) return undefined;
  const ones = fixedValue('ones', new Float32Array(rows).fill(1), { shape: [1, rows], dtype: 'float32' });
  const product = record('MatMul', [ones, reshape(x, [rows, width])], { shape: [1, width], dtype: 'float32' });
  return reshape(product, reducedShape(x.shape, axes, keepDims));
}
