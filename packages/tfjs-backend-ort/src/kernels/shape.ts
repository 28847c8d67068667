import * as tf from '@tensorflow/tfjs-core';
import { KernelError } from '../graph/errors.js';
import { cast, expand, integers, record, reshape, transpose, unsqueeze } from '../graph/graph-builder.js';
import { type Shape, type Value, sizeOf } from '../graph/graph-node.js';
import { toHostType } from '../graph/host-array.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { slice } from './slicing.js';

/** The same elements in another arrangement, type, or number of copies. */
export const shapeKernels: readonly Kernel[] = [
  kernel<tf.IdentityInputs>(tf.Identity, ({ x }) => x),
  kernel<tf.CastInputs, tf.CastAttrs>(tf.Cast, ({ x }, { dtype }) => cast(x, toHostType(dtype))),
  kernel<tf.ReshapeInputs, tf.ReshapeAttrs>(tf.Reshape, ({ x }, { shape }) => reshape(x, inferShape(x, shape))),
  kernel<tf.ExpandDimsInputs, tf.ExpandDimsAttrs>(tf.ExpandDims, ({ input }, { dim }) => {
    const axis = dim < 0 ? dim + input.shape.length + 1 : dim;
    if (axis < 0) throw new KernelError(`${input.shape.length} dimensions have no axis ${dim}.`);
    return unsqueeze(input, axis);
  }),
  kernel<tf.TransposeInputs, tf.TransposeAttrs>(tf.Transpose, ({ x }, { perm }) => transpose(x, perm)),
  kernel<tf.BroadcastToInputs, tf.BroadCastToAttrs>(tf.BroadcastTo, ({ x }, { shape }) => expand(x, shape)),
  kernel<tf.TileInputs, tf.TileAttrs>(tf.Tile, ({ x }, { reps }) => tile(x, reps)),
  kernel<tf.ReverseInputs, tf.ReverseAttrs>(tf.Reverse, ({ x }, { dims }) => reverse(x, dims)),
];

/** The shape with its -1, if there is one, worked out. */
function inferShape(x: Value, shape: Shape): Shape {
  const inferred = tf.util.inferFromImplicitShape([...shape], sizeOf(x.shape));
  if (sizeOf(inferred) === sizeOf(x.shape)) return inferred;
  throw new KernelError(`[${x.shape.join()}] does not have as many elements as [${inferred.join()}].`, {
    hint: 'Give a shape of the same size; -1 for one dimension has it worked out.',
  });
}

function tile(x: Value, repetitions: readonly number[]): Value {
  const shape = x.shape.map((dimension, axis) => dimension * (repetitions[axis] ?? 1));
  const onlyOnes = x.shape.every((dimension, axis) => dimension === 1 || repetitions[axis] === 1);
  // `tf.broadcastTo` arrives here as a Tile.
  if (onlyOnes) return expand(x, shape);
  return record('Tile', [x, integers(repetitions)], { shape, dtype: x.dtype });
}

function reverse(x: Value, dims: number | number[]): Value {
  const backwards = new Set(tf.util.parseAxisParam(dims, [...x.shape]));
  return slice(x, {
    begin: x.shape.map((dimension, axis) => (backwards.has(axis) ? dimension - 1 : 0)),
    strides: x.shape.map((_, axis) => (backwards.has(axis) ? -1 : 1)),
    shape: x.shape,
  });
}
