import * as tf from '@tensorflow/tfjs-core';

export interface Computed<Output extends tf.Tensor, Saved extends readonly (tf.Tensor | undefined)[]> {
  readonly value: Output;
  /** What `backward` is given: tensors made in `forward` are disposed of unless they are saved. */
  readonly saved: Saved;
}

/**
 * A function with its gradient written out, typed (`tf.customGrad` takes and gives tensors of any rank).
 * @param inputs what the function depends on; `backward` returns one gradient for each, in this order
 */
export function withGradient<Output extends tf.Tensor, const Saved extends readonly (tf.Tensor | undefined)[]>(
  inputs: readonly tf.Tensor[],
  forward: () => Computed<Output, Saved>,
  backward: (dy: Output, ...saved: Saved) => tf.Tensor[],
): Output {
  const differentiable = tf.customGrad((...parts) => {
    const save = parts.at(-1) as unknown as tf.GradSaveFunc;
    const { value, saved } = forward();
    save(saved.filter((tensor) => tensor !== undefined));
    return { value, gradFunc: (dy, tensors) => backward(dy as Output, ...(tensors as unknown as Saved)) };
  });
  return differentiable(...inputs) as Output;
}
