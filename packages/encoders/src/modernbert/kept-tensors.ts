import * as tf from '@tensorflow/tfjs-core';

/**
 * Tensors that are made when a pass first needs them, and kept for later ones. An engine that shares equal work must see the same
 * tensors in each pass, and not equal ones.
 */
export class KeptTensors {
  /** All that were made, for whoever disposes of them. */
  readonly made: tf.Tensor[] = [];
  private readonly byName = new Map<string, unknown>();

  get<T extends tf.Tensor | Readonly<Record<string, tf.Tensor>>>(name: string, make: () => T): T {
    const known = this.byName.get(name) as T | undefined;
    if (known !== undefined) return known;
    const fresh = make();
    const tensors = fresh instanceof tf.Tensor ? [fresh] : Object.values(fresh);
    this.made.push(...tensors.map((tensor) => tf.keep(tensor)));
    this.byName.set(name, fresh);
    return fresh;
  }
}
