import * as tf from '@tensorflow/tfjs-core';
import { KernelError } from '../graph/errors.js';
import { reshape, scalar, transpose } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { pad } from './padding.js';
import { slice } from './slicing.js';

const { getReshaped, getPermuted, getReshapedPermuted, getSliceBeginCoords, getSliceSize } = tf.backend_util;

/** Moving blocks of a grid into the batch or the channels, and back. */
export const spaceBatchKernels: readonly Kernel[] = [
  kernel<tf.SpaceToBatchNDInputs, tf.SpaceToBatchNDAttrs>(tf.SpaceToBatchND, ({ x }, { blockShape, paddings }) => {
    const padded = pad(x, [[0, 0], ...paddings], scalar(0, x.dtype));
    const shape = [...padded.shape];
    const block = tf.util.sizeFromShape(blockShape);
    const split = getReshaped(shape, blockShape, block, false);
    const swapped = transpose(reshape(padded, split), getPermuted(split.length, blockShape.length, false));
    return reshape(swapped, getReshapedPermuted(shape, blockShape, block, false));
  }),
  kernel<tf.BatchToSpaceNDInputs, tf.BatchToSpaceNDAttrs>(tf.BatchToSpaceND, ({ x }, { blockShape, crops }) => {
    const shape = [...x.shape];
    const block = tf.util.sizeFromShape(blockShape);
    const split = getReshaped(shape, blockShape, block);
    const swapped = transpose(reshape(x, split), getPermuted(split.length, blockShape.length));
    const merged = getReshapedPermuted(shape, blockShape, block);
    const rest = merged.slice(blockShape.length + 1);
    return slice(reshape(swapped, merged), {
      begin: [...getSliceBeginCoords(crops, blockShape.length), ...rest.map(() => 0)],
      shape: [...getSliceSize(merged, crops, blockShape.length), ...rest],
    });
  }),
  kernel<tf.DepthToSpaceInputs, tf.DepthToSpaceAttrs>(tf.DepthToSpace, ({ x }, { blockSize, dataFormat }) => {
    if (dataFormat !== 'NHWC') {
      throw new KernelError(`The data format ${dataFormat} is not supported.`, {
        hint: 'Transpose to NHWC, the only one that is.',
      });
    }
    return depthToSpace(x, blockSize);
  }),
];

function depthToSpace(x: Value, block: number): Value {
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const depth = channels / (block * block);
  const split = reshape(x, [batch, height, width, block, block, depth]);
  return reshape(transpose(split, [0, 1, 3, 2, 4, 5]), [batch, height * block, width * block, depth]);
}
