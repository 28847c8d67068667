import type * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import { attentionBias } from '../layers/attention.js';
import { type DropoutSite, dropoutSite } from '../layers/dropout-site.js';
import type { ForwardOptions } from '../model/text-classifier.js';
import type { PostNormArchitecture } from './architecture.js';
import type { PostNormConfig } from './config.js';
import type { RelativePositions, RelativeScores } from './relative-attention.js';

/** What every layer of one forward pass shares. */
export interface Pass {
  readonly architecture: PostNormArchitecture;
  readonly config: PostNormConfig;
  /** From `attentionBias`: [B, 1, 1, T]. */
  readonly bias: tf.Tensor4D;
  /** For a family whose attention goes by distances. */
  readonly relative?: RelativeScores;
  readonly hiddenDropout: DropoutSite;
  readonly attentionDropout: DropoutSite;
}

export interface PassParts extends Pick<Pass, 'architecture' | 'config'> {
  readonly relative?: RelativePositions | undefined;
  readonly batch: BatchTensors;
  readonly options: ForwardOptions;
}

export function startPass({ relative, batch, options: { dropout, dropoutRate }, ...parts }: PassParts): Pass {
  const hiddenDropout = dropoutSite(dropout, dropoutRate ?? parts.config.hiddenDropout);
  return {
    ...parts,
    bias: attentionBias(batch.mask),
    ...(relative && { relative: relative.start({ length: batch.length, hiddenDropout }) }),
    hiddenDropout,
    attentionDropout: dropoutSite(dropout, dropoutRate ?? parts.config.attentionDropout),
  };
}
