import type * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import { attentionBias } from '../layers/attention.js';
import { type DropoutSite, dropoutSite } from '../layers/dropout-site.js';
import type { ForwardOptions } from '../model/text-classifier.js';
import type { BertConfig } from './config.js';

/** What every layer of one forward pass shares. */
export interface BertPass {
  readonly config: BertConfig;
  /** From `attentionBias`: [B, 1, 1, T]. */
  readonly bias: tf.Tensor4D;
  readonly hiddenDropout: DropoutSite;
  readonly attentionDropout: DropoutSite;
}

export function bertPass(batch: BatchTensors, config: BertConfig, { dropout, dropoutRate }: ForwardOptions): BertPass {
  return {
    config,
    bias: attentionBias(batch.mask),
    hiddenDropout: dropoutSite(dropout, dropoutRate ?? config.hiddenDropout),
    attentionDropout: dropoutSite(dropout, dropoutRate ?? config.attentionDropout),
  };
}
