import { KernelError } from '../graph/errors.js';
import { MICROSOFT_DOMAIN } from '../graph/constants.js';
import { record, recordMany } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';

interface LayerNormInputs {
  /** [..., width] */
  readonly x: Value;
  /** [width] each */
  readonly gamma: Value;
  readonly beta: Value;
}

/**
 * Kernels that TensorFlow.js has no name for: one operator of ONNX Runtime in place of several, each of which would pass
 * over memory. They have no gradient here. Call them with `tf.engine().runKernel`, inside a `tf.customGrad` that has one.
 */
export const fusedKernels: readonly Kernel[] = [
  /** x·Φ(x), exact. */
  kernel<{ x: Value }>('Gelu', ({ x }) =>
    record('Gelu', [x], { shape: x.shape, dtype: 'float32', domain: MICROSOFT_DOMAIN }),
  ),

  /** Over the last axis: the result, and the mean and 1/√(variance + ε) of each row, [..., 1]. */
  kernel<LayerNormInputs, { epsilon: number }>('LayerNormalization', ({ x, gamma, beta }, { epsilon }) => {
    const width = x.shape.at(-1);
    if (gamma.shape.join() !== `${width}` || beta.shape.join() !== `${width}`) {
      throw new KernelError(`γ and β must have the shape [${width}].`);
    }
    const perRow = { shape: [...x.shape.slice(0, -1), 1], dtype: 'float32' } as const;
    return recordMany('LayerNormalization', [x, gamma, beta], {
      outputs: [{ shape: x.shape, dtype: 'float32' }, perRow, perRow],
      attributes: { axis: -1, epsilon: { real: epsilon } },
    });
  }),
];
