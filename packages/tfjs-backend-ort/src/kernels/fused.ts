import { KernelError } from '../graph/errors.js';
import { MICROSOFT_DOMAIN } from '../graph/constants.js';
import { integers, record, recordMany } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';

interface LayerNormInputs {
  /** [..., width] */
  readonly x: Value;
  /** [width] each */
  readonly gamma: Value;
  readonly beta: Value | undefined;
}

interface RotaryInputs {
  /** [rows, length, heads·size] */
  readonly x: Value;
  /** [length or more, size/2] each */
  readonly cos: Value;
  readonly sin: Value;
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

  /** Over the last axis, with β or without: the result, and the mean and 1/√(variance + ε) of each row, [..., 1]. */
  kernel<LayerNormInputs, { epsilon: number }>('LayerNormalization', ({ x, gamma, beta }, { epsilon }) => {
    const width = x.shape.at(-1);
    if ([gamma, beta ?? gamma].some(({ shape }) => shape.join() !== `${width}`)) {
      throw new KernelError(`γ and β must have the shape [${width}].`);
    }
    const perRow = { shape: [...x.shape.slice(0, -1), 1], dtype: 'float32' } as const;
    return recordMany('LayerNormalization', [x, gamma, ...(beta ? [beta] : [])], {
      outputs: [{ shape: x.shape, dtype: 'float32' }, perRow, perRow],
      attributes: { axis: -1, epsilon: { real: epsilon } },
    });
  }),

  /** Turns elements i and i + size/2 of each head by the angles of the token's place in its row (Su et al. 2021). */
  kernel<RotaryInputs>('RotaryEmbedding', ({ x, cos, sin }) => {
    const [, length = 0, width = 0] = x.shape;
    const [positions = 0, half = 0] = cos.shape;
    if (
      x.shape.length !== 3 ||
      positions < length ||
      width % (2 * half) !== 0 ||
      sin.shape.join() !== cos.shape.join()
    ) {
      throw new KernelError('x must be [rows, length, heads·size], and cos and sin [length or more, size/2].');
    }
    return record('RotaryEmbedding', [x, integers([0]), cos, sin], {
      ...{ shape: x.shape, dtype: 'float32', domain: MICROSOFT_DOMAIN },
    });
  }),
];
