import * as tf from '@tensorflow/tfjs-core';

/** Runs a kernel that TensorFlow.js does not know, if there is one. */
export type KernelLookUp = typeof optionalKernel;

/** Never finds a kernel: for layers whose gradient TensorFlow.js derives. */
export const noKernel: KernelLookUp = () => undefined;

/**
 * The outputs of a kernel of the current backend, or undefined if it has none of that name. The caller then composes the same
 * from TensorFlow.js's own operations. The ort backend has a few kernels that TensorFlow.js does not know.
 */
export function optionalKernel(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: Record<string, number> = {},
): tf.Tensor[] | undefined {
  // The declared type is wrong: an unregistered kernel is undefined.
  const known: unknown = tf.getKernel(name, tf.getBackend());
  if (known === undefined) return undefined;
  const outputs: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(name, inputs, attributes);
  return Array.isArray(outputs) ? outputs : [outputs];
}
