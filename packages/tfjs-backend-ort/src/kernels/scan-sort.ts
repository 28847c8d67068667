import * as tf from '@tensorflow/tfjs-core';
import { cast, fixedValue, integers, record, recordMany, scalar, unsqueeze } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { choose } from './comparison.js';
import { reduce } from './reduce.js';

/** Running sums and products along an axis, and the largest elements. */
export const scanSortKernels: readonly Kernel[] = [
  kernel<tf.CumsumInputs, tf.CumsumAttrs>(tf.Cumsum, ({ x }, { axis, exclusive, reverse }) => {
    const [along] = tf.util.parseAxisParam(axis, [...x.shape]);
    if (along === undefined) return x;
    const attributes = { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 };
    return record('CumSum', [x, integers([along])], { shape: x.shape, dtype: x.dtype, attributes });
  }),
  kernel<tf.CumprodInputs, tf.CumprodAttrs>(tf.Cumprod, ({ x }, attributes) => cumprod(x, attributes)),
  kernel<tf.TopKInputs, tf.TopKAttrs>(tf.TopK, ({ x }, { k }) => {
    const shape = x.shape.with(-1, k);
    const [values, indices] = recordMany('TopK', [x, integers([k])], {
      outputs: [
        { shape, dtype: x.dtype },
        { shape, dtype: 'int64' },
      ],
      attributes: { axis: -1, largest: 1, sorted: 1 },
    });
    return [values, indices].flatMap((output) => (output === undefined ? [] : [cast(output, toTensorType(output))]));
  }),
];

/**
 * ONNX has no running product, which the gradient of Prod needs. Here the axis is copied into a square: row i keeps the
 * elements that count for place i, has 1 for the others, and is multiplied out. Memory grows with the square of the axis.
 */
function cumprod(x: Value, { axis, exclusive, reverse }: tf.CumprodAttrs): Value {
  const [along] = tf.util.parseAxisParam(axis, [...x.shape]);
  if (along === undefined) return x;
  const counts = triangle(x.shape[along] ?? 0, { exclusive, reverse });
  const trailing = new Array<number>(x.shape.length - along - 1).fill(1);
  const mask: Value = { ...counts, shape: [...counts.shape, ...trailing] };
  const factors = choose(mask, unsqueeze(x, along), scalar(1, x.dtype));
  return reduce('ReduceProd', factors, { axis: along + 1, keepDims: false });
}

/** [size, size]: whether the element of the column counts for the place of the row. */
function triangle(size: number, { exclusive, reverse }: { exclusive: boolean; reverse: boolean }): Value {
  const mask = Uint8Array.from({ length: size * size }, (_, index) => {
    const ahead = (index % size) - Math.floor(index / size);
    return (reverse ? ahead > 0 : ahead < 0) || (ahead === 0 && !exclusive) ? 1 : 0;
  });
  return fixedValue(`triangle ${exclusive} ${reverse}`, mask, { shape: [size, size], dtype: 'bool' });
}

function toTensorType({ dtype }: Value): Value['dtype'] {
  return dtype === 'int64' ? 'int32' : dtype;
}
