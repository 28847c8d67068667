import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import { embedding } from '../layers/embedding.js';
import { layerNorm } from '../layers/layer-norm.js';
import { Weights } from '../layers/weights.js';
import type { Encoder } from '../model/encoder.js';
import type { ForwardOptions } from '../model/text-classifier.js';
import type { ModernBertConfig } from './config.js';
import { feedForward } from './feed-forward.js';
import { KeptTensors } from './kept-tensors.js';
import { PREFIX } from './parameter-specs.js';
import { type Pass, startPass } from './pass.js';
import { firstAttention, selfAttention } from './self-attention.js';

/**
 * ModernBERT (Warner et al. 2024): pre-norm layers with rotary positions, local attention in most of them, and GeGLU. Dropout
 * masks are asked for in the order of Hugging Face's implementation: embeddings, then in each layer attention probabilities,
 * attention output, gated product.
 */
export function modernBertEncoder(config: ModernBertConfig, variables: ReadonlyMap<string, tf.Variable>): Encoder {
  const weights = new Weights(variables, PREFIX);
  const kept = new KeptTensors();
  const { width, spans } = config;
  const last = spans.length - 1;

  const layer = (index: number) => weights.at('layers', index);
  const spanOf = (index: number) => spans[index] ?? 'global';
  const normed = (x: tf.Tensor2D, norm: Weights) => layerNorm(x, norm, config.layerNormEpsilon);
  // The embeddings are normalised already.
  const attentionInput = (x: tf.Tensor2D, index: number) => (index === 0 ? x : normed(x, layer(index).at('attn_norm')));

  function embedded({ ids, rows, length }: BatchTensors, pass: Pass, { perturb }: ForwardOptions): tf.Tensor2D {
    const looked = embedding(ids, weights.at('embeddings.tok_embeddings'));
    const tokens = tf.reshape<tf.Rank.R2>(perturb ? perturb(looked) : looked, [rows * length, width]);
    return pass.embeddingDropout.apply(normed(tokens, weights.at('embeddings.norm')));
  }

  /** Adds the feed-forward network's output. */
  function fed(x: tf.Tensor2D, index: number, pass: Pass): tf.Tensor2D {
    return tf.add(x, feedForward(normed(x, layer(index).at('mlp_norm')), layer(index).at('mlp'), pass));
  }

  /** The first `count` layers in sequence. */
  function layers(states: tf.Tensor2D, pass: Pass, count: number): tf.Tensor2D {
    let hidden = states;
    for (let i = 0; i < count; i++) {
      const attended = selfAttention(attentionInput(hidden, i), layer(i).at('attn'), spanOf(i), pass);
      hidden = fed(tf.add(hidden, attended), i, pass);
    }
    return hidden;
  }

  return {
    hiddenStates(batch, options = {}) {
      const pass = startPass({ config, kept, batch, options });
      const hidden = layers(embedded(batch, pass, options), pass, spans.length);
      return normed(hidden, weights.at('final_norm'));
    },
    /** In the last layer the other tokens are only keys and values, and only as far as the layer's window reaches. */
    firstStates(batch, options = {}) {
      const pass = startPass({ config, kept, batch, options });
      const { rows, length } = batch;
      const hidden = layers(embedded(batch, pass, options), pass, last);
      const span = spanOf(last);
      const seen = span === 'local' ? Math.min(length, config.reach + 1) : length;
      const tokens: tf.Tensor3D = tf.reshape(hidden, [rows, length, width]);
      const upTo = (count: number): tf.Tensor2D =>
        tf.reshape(tf.slice(tokens, [0, 0, 0], [rows, count, width]), [rows * count, width]);
      const [first, visible] = [upTo(1), attentionInput(upTo(seen), last)];
      const attended = firstAttention(visible, attentionInput(first, last), layer(last).at('attn'), span, pass);
      return normed(fed(tf.add(first, attended), last, pass), weights.at('final_norm'));
    },
    constants: kept.made,
  };
}
