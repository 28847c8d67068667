import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from './kernels/run-kernel.js';

/** ‖x‖₂ over all elements, a scalar, recorded in the graph. */
export function norm2(x: tf.Tensor): tf.Scalar {
  return tf.sqrt(tf.sum<tf.Scalar>(tf.square(x)));
}

/** ‖x‖₂ of an array on the host, summed in float64. */
export function hostNorm2(values: Float32Array): number {
  return Math.sqrt(runKernel('sumOfSquares', { values }));
}
