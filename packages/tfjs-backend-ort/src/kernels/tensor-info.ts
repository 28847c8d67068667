import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import type { Value } from '../graph/graph-node.js';

/** For helpers of tfjs-core that ask for a tensor and read its shape and type only. */
export function asTensorInfo({ shape, dtype }: Value): TensorInfo {
  return { dataId: {}, shape: [...shape], dtype: dtype as DataType };
}
