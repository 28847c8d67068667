import * as tf from '@tensorflow/tfjs-core';
import { OrtBackendError } from './graph/errors.js';
import { reducedShape } from './kernels/reduce.js';

/**
 * Replaces TensorFlow.js's gradients of Sum and Mean, for every backend, by ones that compute the same. The originals
 * multiply by `tf.ones(x.shape)`, a host array that is filled for every call. For the layer normalisations of a 6-layer
 * encoder at 32 × 32 tokens that is 40 MB a step, and several times the cost of the rest of tracing.
 */
export function registerReductionGradients(): void {
  tf.registerGradient({
    kernelName: tf.Sum,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => spread(only(dy), only(x), axesOf(attributes)),
    }),
  });
  tf.registerGradient({
    kernelName: tf.Mean,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const share = Math.max(1, only(x).size) / Math.max(1, only(dy).size);
        return spread(tf.div(only(dy), share), only(x), axesOf(attributes));
      },
    }),
  });
}

/** Copies the gradient of a reduced tensor along the axes that were folded away. */
function spread(dy: tf.Tensor, x: tf.Tensor, axis: number | number[]): tf.Tensor {
  const axes = tf.util.parseAxisParam(axis, x.shape);
  return tf.broadcastTo(tf.reshape(dy, reducedShape(x.shape, axes, true)), x.shape);
}

function axesOf(attributes: tf.NamedAttrMap): number | number[] {
  return attributes['axis'] as number | number[];
}

/** The one tensor that there is: both kernels have one output and save one input. */
function only(tensors: tf.Tensor | tf.Tensor[] | undefined): tf.Tensor {
  const tensor = Array.isArray(tensors) ? tensors[0] : tensors;
  if (tensor === undefined) throw new OrtBackendError('A reduction saved no input for its gradient.');
  return tensor;
}
