import * as tf from '@tensorflow/tfjs-core';

/** Looks for a kernel that TensorFlow.js does not know of, and gives what it computes. */
export type KernelLookUp = typeof optionalKernel;

/** Finds none: for what TensorFlow.js is to derive a gradient of. */
export const noKernel: KernelLookUp = () => undefined;

/**
 * What a kernel of the current backend gives, if it has one of that name; else undefined, and the caller composes the
 * same of TensorFlow.js's own operations. Our ort backend has a few kernels that TensorFlow.js does not know of.
 */
export function optionalKernel(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: Record<string, number> = {},
): tf.Tensor[] | undefined {
  // The declared type is wrong: a kernel that nobody has registered is undefined.
  const known: unknown = tf.getKernel(name, tf.getBackend());
  if (known === undefined) return undefined;
  const outputs: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(name, inputs, attributes);
  return Array.isArray(outputs) ? outputs : [outputs];
}
