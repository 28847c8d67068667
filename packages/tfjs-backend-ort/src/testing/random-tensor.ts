import * as tf from '@tensorflow/tfjs-core';
import { SeededArrays } from './seeded-array.js';

interface Range {
  readonly low?: number;
  readonly high?: number;
}

/** Tensors with the same elements whenever they are made again: the seed is their shape. */
export function floats(shape: number[], { low = -2, high = 2 }: Range = {}): tf.Tensor {
  return tf.tensor(arrays(shape).floats(tf.util.sizeFromShape(shape), low, high), shape, 'float32');
}

export function ints(shape: number[], { low = -5, high = 6 }: Range = {}): tf.Tensor {
  return tf.tensor(arrays(shape).ints(tf.util.sizeFromShape(shape), low, high), shape, 'int32');
}

export function bools(shape: number[], probability = 0.5): tf.Tensor {
  return tf.tensor(arrays(shape).bools(tf.util.sizeFromShape(shape), probability), shape, 'bool');
}

function arrays(shape: readonly number[]): SeededArrays {
  return new SeededArrays(shape.reduce((seed, dimension) => seed * 31 + dimension, 17));
}
