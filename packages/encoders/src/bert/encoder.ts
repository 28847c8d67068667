import type * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch-tensors.js';
import { attentionBias } from '../layers/attention.js';
import { dropoutSite, type DropoutSite } from '../layers/dropout-site.js';
import type { ForwardOptions } from '../text-classifier.js';
import type { Weights } from '../weights.js';
import type { BertConfig } from './config.js';
import { bertEmbeddings } from './embeddings.js';
import { feedForward } from './feed-forward.js';
import { selfAttention } from './self-attention.js';

/** What every layer of one forward pass shares. */
export interface BertPass {
  readonly config: BertConfig;
  /** From `attentionBias`: [B, 1, 1, T]. */
  readonly bias: tf.Tensor4D;
  readonly hiddenDropout: DropoutSite;
  readonly attentionDropout: DropoutSite;
}

/**
 * The hidden states of the last layer, [B·T, width] (Devlin et al. 2019; post-layer-norm).
 * Dropout masks are asked for in the order of Hugging Face's implementation: embeddings, then in each layer attention
 * probabilities, attention output, feed-forward output.
 */
export function bertHiddenStates(
  batch: BatchTensors,
  weights: Weights,
  config: BertConfig,
  options: ForwardOptions = {},
): tf.Tensor2D {
  const { dropout, dropoutRate } = options;
  const pass: BertPass = {
    config,
    bias: attentionBias(batch.mask),
    hiddenDropout: dropoutSite(dropout, dropoutRate ?? config.hiddenDropout),
    attentionDropout: dropoutSite(dropout, dropoutRate ?? config.attentionDropout),
  };
  let hidden = pass.hiddenDropout(bertEmbeddings(batch, weights.at('embeddings'), config, options.perturb));
  for (let i = 0; i < config.layers; i++) {
    const layer = weights.at('encoder.layer', i);
    hidden = feedForward(selfAttention(hidden, layer.at('attention'), pass), layer, pass);
  }
  return hidden;
}
