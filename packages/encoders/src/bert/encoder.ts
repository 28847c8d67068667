import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import type { ForwardOptions } from '../model/text-classifier.js';
import type { Weights } from '../layers/weights.js';
import type { BertConfig } from './config.js';
import { bertEmbeddings } from './embeddings.js';
import { feedForward } from './feed-forward.js';
import { type BertPass, bertPass } from './pass.js';
import { selfAttention } from './self-attention.js';

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
  const pass = bertPass(batch, config, options);
  return layers(embedded(batch, weights, pass, options), weights, pass, config.layers);
}

/**
 * The last layer's hidden states of the first tokens, [B, width]: all that a head over [CLS] reads. In the last layer the other
 * tokens are only keys and values. This saves five sixths of its matrix products, forward and backward.
 */
export function bertFirstStates(
  batch: BatchTensors,
  weights: Weights,
  config: BertConfig,
  options: ForwardOptions = {},
): tf.Tensor2D {
  const pass = bertPass(batch, config, options);
  const { rows, length } = batch;
  const hidden = layers(embedded(batch, weights, pass, options), weights, pass, config.layers - 1);
  const tokens: tf.Tensor3D = tf.reshape(hidden, [rows, length, config.width]);
  const first: tf.Tensor2D = tf.reshape(tf.slice(tokens, [0, 0, 0], [rows, 1, config.width]), [rows, config.width]);
  const last = weights.at('encoder.layer', config.layers - 1);
  return feedForward(selfAttention(hidden, last.at('attention'), pass, first), last, pass);
}

function embedded(batch: BatchTensors, weights: Weights, pass: BertPass, { perturb }: ForwardOptions): tf.Tensor2D {
  return pass.hiddenDropout.apply(bertEmbeddings(batch, weights.at('embeddings'), pass.config, perturb));
}

/** The first `count` layers in sequence. */
function layers(embeddings: tf.Tensor2D, weights: Weights, pass: BertPass, count: number): tf.Tensor2D {
  let hidden = embeddings;
  for (let i = 0; i < count; i++) {
    const layer = weights.at('encoder.layer', i);
    hidden = feedForward(selfAttention(hidden, layer.at('attention'), pass), layer, pass);
  }
  return hidden;
}
