import * as tf from '@tensorflow/tfjs-core';
import { cast, record } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';

/** Softmax and its logarithm, always as float32. */
export const softmaxKernels: readonly Kernel[] = [
  kernel<tf.SoftmaxInputs, tf.SoftmaxAttrs>(tf.Softmax, ({ logits }, { dim }) => along('Softmax', logits, dim)),
  kernel<tf.LogSoftmaxInputs, tf.LogSoftmaxAttrs>(tf.LogSoftmax, ({ logits }, { axis }) =>
    along('LogSoftmax', logits, axis),
  ),
];

function along(op: string, logits: Value, axis: number): Value {
  return record(op, [cast(logits, 'float32')], { shape: logits.shape, dtype: 'float32', attributes: { axis } });
}
