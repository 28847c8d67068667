import * as tf from '@tensorflow/tfjs-core';
import { KernelError } from '../graph/errors.js';
import { cast, filled, fixedValue, integers, reshape, scalar, unsqueeze } from '../graph/graph-builder.js';
import { type Value, sizeOf } from '../graph/graph-node.js';
import { emptyHostArray, toHostType } from '../graph/host-array.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { choose, compare } from './comparison.js';

/** Tensors made from a rule. Numbers among the attributes are fed, not compiled in: they may change every step. */
export const creationKernels: readonly Kernel[] = [
  kernel<tf.ZerosLikeInputs>(tf.ZerosLike, ({ x }) => filled(0, x)),
  kernel<tf.OnesLikeInputs>(tf.OnesLike, ({ x }) => filled(1, x)),
  kernel<object, tf.FillAttrs>(tf.Fill, (_, { shape, value, dtype }) => {
    if (typeof value === 'string') throw new KernelError('This backend has no tensors of type string.');
    // The declared type is wrong: the op leaves dtype out for plain numbers.
    return filled(value, { shape, dtype: toHostType((dtype as tf.DataType | undefined) ?? 'float32') });
  }),
  kernel<object, tf.RangeAttrs>(tf.Range, (_, attributes) => range(attributes)),
  kernel<object, tf.LinSpaceAttrs>(tf.LinSpace, (_, { start, stop, num }) => {
    const stride = num > 1 ? (stop - start) / (num - 1) : 0;
    const array = Float32Array.from({ length: num }, (_, index) => start + index * stride);
    return fixedValue(`linspace ${start} ${stride}`, array, { shape: [num], dtype: 'float32' });
  }),
  kernel<tf.DiagInputs>(tf.Diag, ({ x }) => {
    const size = sizeOf(x.shape);
    const places = integers(Array.from({ length: size }, (_, index) => index));
    const onDiagonal = compare('Equal', unsqueeze(places, 1), places);
    return reshape(choose(onDiagonal, reshape(x, [size]), scalar(0, x.dtype)), [...x.shape, ...x.shape]);
  }),
  kernel<tf.OneHotInputs, tf.OneHotAttrs>(tf.OneHot, ({ indices }, { depth, onValue, offValue, dtype }) => {
    const classes = integers(Array.from({ length: depth }, (_, index) => index));
    const rank = indices.shape.length;
    const hit = compare('Equal', unsqueeze(cast(indices, 'int64'), rank), classes);
    const type = toHostType(dtype);
    return choose(hit, scalar(onValue, type), scalar(offValue, type));
  }),
];

/** start, start + step, … short of stop. */
function range({ start, stop, step, dtype }: tf.RangeAttrs): Value {
  // Without a step, TensorFlow.js counts towards the end, downwards where the end is lower.
  const stride = stop < start && step === 1 ? -1 : step;
  const length = stride === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / stride));
  const array = emptyHostArray(length, dtype);
  for (let index = 0; index < length; index++) array[index] = start + index * stride;
  return fixedValue(`range ${start} ${stride}`, array, { shape: [length], dtype });
}
