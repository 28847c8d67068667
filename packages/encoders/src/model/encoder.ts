import type * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import type { ForwardOptions } from './text-classifier.js';

/** A family's embeddings and layers over the variables of one model, below any head. */
export interface Encoder {
  /** The last layer's states of all tokens, [B·T, width]. */
  hiddenStates(batch: BatchTensors, options?: ForwardOptions): tf.Tensor2D;
  /** Those of the first tokens alone, [B, width], which cost less. */
  firstStates(batch: BatchTensors, options?: ForwardOptions): tf.Tensor2D;
  /** Tensors that are not parameters. They are disposed of with the parameters. */
  readonly constants?: readonly tf.Tensor[];
}
