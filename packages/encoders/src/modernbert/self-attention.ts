import * as tf from '@tensorflow/tfjs-core';
import { attention } from '../layers/attention.js';
import { affine, affineParameters, linear } from '../layers/linear.js';
import { rotary } from '../layers/rotary.js';
import type { Weights } from '../layers/weights.js';
import type { Pass } from './pass.js';
import type { Span } from './spans.js';

/**
 * Self-attention, projection and dropout, no norm and no residual: x [B·T, width] → [B·T, width].
 * @param weights those of the layer's `attn`
 */
export function selfAttention(x: tf.Tensor2D, weights: Weights, span: Span, pass: Pass): tf.Tensor2D {
  const { rows, attentionDropout: dropout } = pass;
  const [query, key, value] = parts(linear(x, weights.at('Wqkv')), 3) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  const turned = (states: tf.Tensor2D) => rotary(states, { rows, ...pass.rotary[span] });
  const context = pass.attend[span]({
    ...{ query: turned(query), key: turned(key), value },
    ...{ heads: pass.config.heads, dropout },
  });
  return dropout.apply(linear(context, weights.at('Wo')));
}

/**
 * The same for the first token of each row alone.
 * @param x all that the first tokens see, the first S tokens of each row, [B·S, width]
 * @param first the first tokens, [B, width]
 */
export function firstAttention(
  x: tf.Tensor2D,
  first: tf.Tensor2D,
  weights: Weights,
  span: Span,
  pass: Pass,
): tf.Tensor2D {
  const { rows, padding, attentionDropout: dropout } = pass;
  const { heads, width } = pass.config;
  const [weight, bias] = affineParameters(weights.at('Wqkv'));
  const [queryWeight, pairWeight] = tf.split(weight, [width, 2 * width]) as [tf.Tensor2D, tf.Tensor2D];
  const [queryBias, pairBias] = (bias ? tf.split(bias, [width, 2 * width]) : []) as [tf.Tensor1D?, tf.Tensor1D?];
  const [key, value] = parts(affine(x, pairWeight, pairBias), 2) as [tf.Tensor2D, tf.Tensor2D];
  const context = attention({
    // At position 0 all angles are 0.
    query: affine(first, queryWeight, queryBias),
    key: rotary(key, { rows, ...pass.rotary[span] }),
    value,
    bias: tf.slice(padding, [0, 0, 0, 0], [rows, 1, 1, x.shape[0] / rows]),
    ...{ heads, dropout },
  });
  return dropout.apply(linear(context, weights.at('Wo')));
}

const parts = (x: tf.Tensor2D, count: number): tf.Tensor2D[] => tf.split(x, count, 1);
