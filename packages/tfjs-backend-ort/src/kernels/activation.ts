import * as tf from '@tensorflow/tfjs-core';
import { cast, record, scalar } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { KernelError } from '../graph/errors.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { binary } from './arithmetic.js';
import { choose, compare } from './comparison.js';
import { real, relu } from './unary.js';

/** Activations other than the plain Relu, and what their gradients need. */
export const activationKernels: readonly Kernel[] = [
  kernel<tf.Relu6Inputs>(tf.Relu6, ({ x }) => relu6(x)),
  // ONNX's default slopes are those of TensorFlow.js.
  kernel<tf.EluInputs>(tf.Elu, ({ x }) => real('Elu', x)),
  kernel<tf.SeluInputs>(tf.Selu, ({ x }) => real('Selu', x)),
  kernel<tf.EluGradInputs>(tf.EluGrad, ({ dy, y }) =>
    choose(atLeastZero(y), dy, binary('Mul', dy, binary('Add', y, scalar(1, y.dtype)))),
  ),
  kernel<tf.LeakyReluInputs, tf.LeakyReluAttrs>(tf.LeakyRelu, ({ x }, { alpha }) =>
    bent(cast(x, 'float32'), scalar(alpha, 'float32')),
  ),
  kernel<tf.PreluInputs>(tf.Prelu, ({ x, alpha }) => bent(cast(x, 'float32'), cast(alpha, 'float32'))),
];

/** What a fused kernel does with its result, and the parameters of the activations that have some. */
export interface Activation {
  readonly activation: tf.backend_util.Activation;
  readonly leakyreluAlpha?: number;
  readonly preluActivationWeights?: Value | undefined;
}

/** The activation that a fused kernel ends with. */
export function activate(x: Value, { activation, leakyreluAlpha = 0, preluActivationWeights }: Activation): Value {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return relu(x);
    case 'relu6':
      return relu6(x);
    case 'elu':
      return real('Elu', x);
    case 'sigmoid':
      return real('Sigmoid', x);
    case 'leakyrelu':
      return bent(x, scalar(leakyreluAlpha, x.dtype));
    case 'prelu':
      if (preluActivationWeights === undefined) {
        throw new KernelError('The activation prelu needs its weights.', { hint: 'Give preluActivationWeights.' });
      }
      return bent(x, preluActivationWeights);
  }
}

/** max(x, 0), but never above 6. */
function relu6(x: Value): Value {
  const rectified = relu(x);
  return record('Min', [rectified, scalar(6, x.dtype)], rectified);
}

/** x, times `slope` where it is below zero. */
function bent(x: Value, slope: Value): Value {
  return choose(atLeastZero(x), x, binary('Mul', x, slope));
}

function atLeastZero(x: Value): Value {
  return compare('GreaterOrEqual', x, scalar(0, x.dtype));
}
