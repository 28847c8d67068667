import * as tf from '@tensorflow/tfjs-core';

/** A lazy backend computes many tensors in one go; reading them one by one would compile a graph for each. */
interface LazyBackend {
  evaluate(tensors: readonly tf.Tensor[]): Promise<void>;
  recycle(tensors: readonly tf.Tensor[]): void;
  lend(arrays: readonly Float32Array[]): void;
}

const isLazy = (backend: unknown): backend is LazyBackend =>
  typeof (backend as Partial<LazyBackend>).evaluate === 'function';

/** Computes all tensors, in one run where the backend can, so that reading them costs nothing more. */
export async function evaluateTogether(tensors: readonly tf.Tensor[]): Promise<void> {
  const backend: unknown = tf.backend();
  if (isLazy(backend)) await backend.evaluate(tensors);
}

/**
 * Disposes of tensors that were computed and whose arrays nobody keeps, so that the backend can write later results
 * into the same memory: the gradients of one step into those of the step before.
 */
export function recycle(tensors: readonly tf.Tensor[]): void {
  const backend: unknown = tf.backend();
  if (isLazy(backend)) backend.recycle(tensors);
  tf.dispose([...tensors]);
}

/** Lends the backend arrays to compute later results of these lengths into, where it can: what is read there often need not be moved. */
export function lend(arrays: readonly Float32Array[]): void {
  const backend: unknown = tf.backend();
  if (isLazy(backend)) backend.lend(arrays);
}
