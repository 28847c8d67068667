import * as tf from '@tensorflow/tfjs-core';
import { cast, fixedValue, record, reshape } from '../graph/graph-builder.js';
import { type Value, sizeOf } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { binary } from './arithmetic.js';
import { asTensorInfo } from './tensor-info.js';

const { collectGatherOpShapeInfo } = tf.backend_util.segment_util;

/** Reading from the places that a tensor of indices names. */
export const gatherKernels: readonly Kernel[] = [
  kernel<tf.GatherV2Inputs, tf.GatherV2Attrs>(tf.GatherV2, ({ x, indices }, { axis, batchDims }) => {
    const [along = 0] = tf.util.parseAxisParam(axis, [...x.shape]);
    const [from, at] = [asTensorInfo(x), asTensorInfo(indices)];
    const sizes = collectGatherOpShapeInfo(from as tf.Tensor, at as tf.Tensor, along, batchDims);
    if (batchDims !== 0) return reshape(gatherInBatches(x, indices, sizes), sizes.outputShape);
    const attributes = { axis: along };
    return record('Gather', [x, cast(indices, 'int32')], { shape: sizes.outputShape, dtype: x.dtype, attributes });
  }),
  kernel<tf.GatherNdInputs>(tf.GatherNd, ({ params, indices }) => {
    const [shape] = tf.gather_util.prepareAndValidate(asTensorInfo(params), asTensorInfo(indices));
    return record('GatherND', [params, cast(indices, 'int64')], { shape, dtype: params.dtype });
  }),
];

interface GatherSizes {
  readonly batchSize: number;
  readonly outerSize: number;
  readonly dimSize: number;
  readonly sliceSize: number;
}

/** Each batch has indices of its own. Offsets make them count from the first row of the first batch. */
function gatherInBatches(x: Value, indices: Value, { batchSize, outerSize, dimSize, sliceSize }: GatherSizes): Value {
  const count = sizeOf(indices.shape) / batchSize;
  const starts = Int32Array.from({ length: batchSize * outerSize }, (_, group) => group * dimSize);
  const shape = [batchSize, outerSize, 1];
  const offsets = fixedValue(`rows of ${dimSize}`, starts, { shape, dtype: 'int32' });
  const rows = binary('Add', reshape(cast(indices, 'int32'), [batchSize, 1, count]), offsets);
  return record('Gather', [reshape(x, [batchSize * outerSize * dimSize, sliceSize]), rows], {
    shape: [batchSize, outerSize, count, sliceSize],
    dtype: x.dtype,
    attributes: { axis: 0 },
  });
}
