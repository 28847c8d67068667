import * as tf from '@tensorflow/tfjs-core';
import { attention } from '../layers/attention.js';
import type { DropoutSite } from '../layers/dropout-site.js';
import { layerNorm } from '../layers/layer-norm.js';
import { linear } from '../layers/linear.js';
import type { Weights } from '../layers/weights.js';
import { HEADS, LAYER_NORM_EPSILON, WIDTH } from './architecture.js';

export interface UseLitePass {
  /** From `attentionBias`: [B, 1, 1, T]. */
  readonly bias: tf.Tensor4D;
  readonly dropout: DropoutSite;
}

/** Pre-layer-norm self-attention with one projection for queries, keys and values: [B·T, width] → [B·T, 512], no residual. */
function selfAttention(x: tf.Tensor2D, weights: Weights, { bias, dropout }: UseLitePass): tf.Tensor2D {
  const [tokens, width] = x.shape;
  const qkv = linear(layerNorm(x, weights.at('norm'), LAYER_NORM_EPSILON), weights.at('qkv'));
  const part = (i: number): tf.Tensor2D => tf.slice(qkv, [0, i * width], [tokens, width]);
  const context = attention({ query: part(0), key: part(1), value: part(2), bias, heads: HEADS, dropout });
  return dropout.apply(linear(context, weights.at('output')));
}

/** Pre-layer-norm feed-forward with ReLU: [B·T, 512] → [B·T, 512], no residual. */
function feedForward(x: tf.Tensor2D, weights: Weights, { dropout }: UseLitePass): tf.Tensor2D {
  const inner = tf.relu(linear(layerNorm(x, weights.at('norm'), LAYER_NORM_EPSILON), weights.at('intermediate')));
  return dropout.apply(linear(inner, weights.at('output')));
}

/** One layer: x [B·T, 256 or 512] → [B·T, 512]. Where the width changes, the residual goes through a linear layer. */
export function useLiteLayer(x: tf.Tensor2D, weights: Weights, pass: UseLitePass): tf.Tensor2D {
  const residual = x.shape[1] === WIDTH ? x : linear(x, weights.at('residual'));
  const attended: tf.Tensor2D = tf.add(selfAttention(x, weights.at('attention'), pass), residual);
  return tf.add(feedForward(attended, weights.at('ffn'), pass), attended);
}
