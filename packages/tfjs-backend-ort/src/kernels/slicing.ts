import * as tf from '@tensorflow/tfjs-core';
import { BEFORE_THE_START } from '../graph/constants.js';
import { KernelError } from '../graph/errors.js';
import { cast, integers, record, recordMany, reshape, unsqueeze } from '../graph/graph-builder.js';
import { type Shape, type Value, sameShape } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { commonType } from './arithmetic.js';
import { asTensorInfo } from './tensor-info.js';

/** Taking tensors apart and putting them together. */
export const slicingKernels: readonly Kernel[] = [
  kernel<tf.SliceInputs, tf.SliceAttrs>(tf.Slice, ({ x }, { begin, size }) => {
    const [from = [], shape = []] = tf.slice_util.parseSliceParams(asTensorInfo(x), begin, size);
    tf.slice_util.assertParamsValid(asTensorInfo(x), from, shape);
    return slice(x, { begin: from, shape });
  }),
  kernel<tf.StridedSliceInputs, tf.StridedSliceAttrs>(tf.StridedSlice, ({ x }, attributes) =>
    stridedSlice(x, attributes),
  ),
  kernel<tf.ConcatInputs, tf.ConcatAttrs>(tf.Concat, (parts, { axis }) => concat(parts, axis)),
  kernel<tf.PackInputs, tf.PackAttrs>(tf.Pack, (parts, { axis }) => {
    const types = new Set(parts.map(({ dtype }) => dtype));
    if (types.size > 1) {
      throw new KernelError(`The types differ: ${[...types].join(', ')}.`, { hint: 'Cast the tensors to one type.' });
    }
    const [along = 0] = tf.util.parseAxisParam(axis, [1, ...(parts[0]?.shape ?? [])]);
    return concat(
      parts.map((part) => unsqueeze(part, along)),
      along,
    );
  }),
  kernel<tf.SplitVInputs, tf.SplitVAttrs>(tf.SplitV, ({ x }, { numOrSizeSplits, axis }) => {
    const [along = 0] = tf.util.parseAxisParam(axis, [...x.shape]);
    return split(x, tf.backend_util.prepareSplitSize(asTensorInfo(x) as tf.Tensor, numOrSizeSplits, along), along);
  }),
  kernel<tf.UnpackInputs, tf.UnpackAttrs>(tf.Unpack, ({ value }, { axis }) => {
    const [along = 0] = tf.util.parseAxisParam(axis, [...value.shape]);
    const ones = new Array<number>(value.shape[along] ?? 0).fill(1);
    return split(value, ones, along).map((part) => reshape(part, value.shape.toSpliced(along, 1)));
  }),
];

export interface SliceOptions {
  /** First index on each axis. */
  readonly begin: readonly number[];
  /** Steps on each axis, 1 unless given; negative ones walk backwards. */
  readonly strides?: readonly number[];
  /** Shape of the result. */
  readonly shape: Shape;
}

/** The elements at `begin`, `begin + stride`, … along every axis. */
export function slice(x: Value, { begin, strides = begin.map(() => 1), shape }: SliceOptions): Value {
  const untouched = sameShape(shape, x.shape) && strides.every((stride) => stride === 1);
  if (untouched || x.shape.length === 0) return x;
  const ends = begin.map((from, axis) => {
    const end = from + (shape[axis] ?? 0) * (strides[axis] ?? 1);
    // A negative end counts from the back.
    return end < 0 ? BEFORE_THE_START : end;
  });
  const axes = begin.map((_, axis) => axis);
  return record('Slice', [x, integers(begin), integers(ends), integers(axes), integers(strides)], {
    shape,
    dtype: x.dtype,
  });
}

/** The tensors one after the other along an axis. */
export function concat(parts: readonly Value[], axis: number): Value {
  const [first, ...others] = parts;
  if (first === undefined) throw new KernelError('There is nothing to concatenate.');
  const [along = 0] = tf.util.parseAxisParam(axis, [...first.shape]);
  const shapes = parts.map((part) => [...part.shape]);
  tf.backend_util.assertParamsConsistent(shapes, along);
  const shape = tf.backend_util.computeOutShape(shapes, along);
  if (others.length === 0) return first;
  const dtype = commonType(...parts);
  const inputs = parts.map((part) => cast(part, dtype));
  return record('Concat', inputs, { shape, dtype, attributes: { axis: along } });
}

function split(x: Value, sizes: readonly number[], axis: number): Value[] {
  const outputs = sizes.map((size) => ({ shape: x.shape.with(axis, size), dtype: x.dtype }));
  return recordMany('Split', [x, integers(sizes)], { outputs, attributes: { axis } });
}

function stridedSlice(x: Value, attributes: tf.StridedSliceAttrs): Value {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
  const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
  const info = tf.slice_util.sliceInfo([...x.shape], begin, end, strides, ...masks);
  // An empty axis comes out as -0 where the steps are negative.
  const shape = tf.slice_util.computeOutShape(info.begin, info.end, info.strides).map((dimension) => dimension + 0);
  return reshape(slice(x, { begin: info.begin, strides: info.strides, shape }), info.finalShape);
}
