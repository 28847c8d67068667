import * as tf from '@tensorflow/tfjs-core';
import { scalar } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { binary } from './arithmetic.js';
import { real } from './unary.js';

interface Inputs {
  readonly x: Value;
  readonly mean: Value;
  readonly variance: Value;
  readonly scale: Value | undefined;
  readonly offset: Value | undefined;
}

/** Normalisation by a mean and a variance that are given. */
export const batchNormKernels: readonly Kernel[] = [
  kernel<Inputs, tf.FusedBatchNormAttrs>(tf.FusedBatchNorm, (inputs, { varianceEpsilon }) => {
    const { x, mean, variance, scale, offset } = inputs;
    const deviation = real('Sqrt', binary('Add', variance, scalar(varianceEpsilon, variance.dtype)));
    const normalised = binary('Div', binary('Sub', x, mean), deviation);
    const scaled = scale === undefined ? normalised : binary('Mul', normalised, scale);
    return offset === undefined ? scaled : binary('Add', scaled, offset);
  }),
];
