import * as tf from '@tensorflow/tfjs-core';
import { type LayerWithGradient, derivesGradient } from './derived-gradients.js';
import { type KernelLookUp, noKernel, optionalKernel } from './optional-kernel.js';

export interface Computed<Output extends tf.Tensor, Saved extends readonly (tf.Tensor | undefined)[]> {
  readonly value: Output;
  /** What `backward` gets. Other tensors made in `forward` are disposed of. */
  readonly saved: Saved;
}

export interface WithGradient<Output extends tf.Tensor, Saved extends readonly (tf.Tensor | undefined)[]> {
  readonly layer: LayerWithGradient;
  /** What the function depends on; `backward` returns one gradient for each, in this order. */
  readonly inputs: readonly tf.Tensor[];
  /** @param kernel finds the fused kernels of the backend */
  readonly forward: (kernel: KernelLookUp) => Computed<Output, Saved>;
  readonly backward: (dy: Output, ...saved: Saved) => tf.Tensor[];
}

/** A function with a written-out gradient: `tf.customGrad` with types. */
export function withGradient<Output extends tf.Tensor, const Saved extends readonly (tf.Tensor | undefined)[]>({
  layer,
  inputs,
  forward,
  backward,
}: WithGradient<Output, Saved>): Output {
  if (derivesGradient(layer)) return forward(noKernel).value;
  const differentiable = tf.customGrad((...parts) => {
    const save = parts.at(-1) as unknown as tf.GradSaveFunc;
    const { value, saved } = forward(optionalKernel);
    save(saved.filter((tensor) => tensor !== undefined));
    return { value, gradFunc: (dy, tensors) => backward(dy as Output, ...(tensors as unknown as Saved)) };
  });
  return differentiable(...inputs) as Output;
}
