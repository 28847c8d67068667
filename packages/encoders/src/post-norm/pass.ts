import type * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import { attentionBias } from '../layers/attention.js';
import { type DropoutSite, dropoutSite } from '../layers/dropout-site.js';
import type { ForwardOptions } from '../model/text-classifier.js';
import type { PostNormArchitecture } from './architecture.js';
import type { PostNormConfig } from './config.js';

/** What every layer of one forward pass shares. */
export interface Pass {
  readonly architecture: PostNormArchitecture;
  readonly config: PostNormConfig;
  /** From `attentionBias`: [B, 1, 1, T]. */
  readonly bias: tf.Tensor4D;
  /** Learned scores of relative positions, [1, heads, T, T], for a family that has them. */
  readonly relative?: tf.Tensor4D;
  readonly hiddenDropout: DropoutSite;
  readonly attentionDropout: DropoutSite;
}

export interface PassParts extends Pick<Pass, 'architecture' | 'config' | 'relative'> {
  readonly batch: BatchTensors;
  readonly options: ForwardOptions;
}

export function startPass({ batch, options: { dropout, dropoutRate }, ...parts }: PassParts): Pass {
  return {
    ...parts,
    bias: attentionBias(batch.mask),
    hiddenDropout: dropoutSite(dropout, dropoutRate ?? parts.config.hiddenDropout),
    attentionDropout: dropoutSite(dropout, dropoutRate ?? parts.config.attentionDropout),
  };
}
