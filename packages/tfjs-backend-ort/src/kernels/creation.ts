import * as tf from '@tensorflow/tfjs-core';
import { KernelError } from '../errors.js';
import { cast, filled, fixedValue, integers, scalar, unsqueeze } from '../graph-builder.js';
import type { Value } from '../graph-node.js';
import { toHostArray, toHostType } from '../host-array.js';
import { type Kernel, kernel } from '../kernel.js';
import { choose, compare } from './comparison.js';

/** Tensors out of a rule. Numbers among the attributes are fed, not compiled in: they may change every step. */
export const creationKernels: readonly Kernel[] = [
  kernel<tf.ZerosLikeInputs>(tf.ZerosLike, ({ x }) => filled(0, x)),
  kernel<tf.OnesLikeInputs>(tf.OnesLike, ({ x }) => filled(1, x)),
  kernel<object, tf.FillAttrs>(tf.Fill, (_, { shape, value, dtype }) => {
    if (typeof value === 'string') throw new KernelError('There are no tensors of strings.');
    // The declared type is wrong: the op leaves dtype out for plain numbers.
    return filled(value, { shape, dtype: toHostType((dtype as tf.DataType | undefined) ?? 'float32') });
  }),
  kernel<object, tf.RangeAttrs>(tf.Range, (_, attributes) => range(attributes)),
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
  // Without a step, TensorFlow.js counts towards the end, downwards if it must.
  const stride = stop < start && step === 1 ? -1 : step;
  const length = stride === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / stride));
  const array = toHostArray(
    Array.from({ length }, (_, index) => start + index * stride),
    dtype,
  );
  return fixedValue(`range ${start} ${stride}`, array, { shape: [length], dtype });
}
