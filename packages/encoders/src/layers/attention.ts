import * as tf from '@tensorflow/tfjs-core';
import type { DropoutSite } from './dropout-site.js';
import { dotProductAttention } from './dot-product-attention.js';

/** Far enough below any score that a masked probability is exactly 0 in float32. */
export const MASKED = -1e9;

/** What is added to attention scores so that nothing attends to padding: mask [B, T] → [B, 1, 1, T], 0 or −10⁹. */
export function attentionBias(mask: tf.Tensor2D): tf.Tensor4D {
  const [rows, length] = mask.shape;
  return tf.reshape(tf.mul(tf.sub(1, mask), MASKED), [rows, 1, 1, length]);
}

/** The queries and keys of one layer, by heads. */
export interface AttentionHeads {
  /** [B, heads, Q, size], scaled already */
  readonly query: tf.Tensor4D;
  /** [B, heads, T, size] */
  readonly key: tf.Tensor4D;
  /** What the queries were multiplied by. */
  readonly scale: number;
}

export interface AttentionInputs {
  /** [B·Q, width]: the Q tokens of each row that ask, all T of them or fewer */
  readonly query: tf.Tensor2D;
  /** [B·T, width] each */
  readonly key: tf.Tensor2D;
  readonly value: tf.Tensor2D;
  /** From `attentionBias`, [B, 1, 1, T], or [B, 1, Q, T]; it also says what B and T are. */
  readonly bias: tf.Tensor4D;
  readonly heads: number;
  /** Scores of relative positions: [B, heads, Q, T], or [1, heads, Q, T] for all rows. */
  readonly relative?: (heads: AttentionHeads) => tf.Tensor4D;
  /** How many products of vectors a score sums up, that of query and key included; 1 by default. */
  readonly products?: number;
  /** On the probabilities [B, heads, Q, T]. */
  readonly dropout: DropoutSite;
}

/** Scaled dot-product attention with several heads (Vaswani et al. 2017, section 3.2) → [B·Q, width]. */
export function attention({ bias, heads, dropout, ...inputs }: AttentionInputs): tf.Tensor2D {
  const { query, key, value, products = 1 } = inputs;
  const [rows, , , length] = bias.shape;
  const [tokens, width] = query.shape;
  const asking = tokens / rows;
  const size = width / heads;
  const split = (x: tf.Tensor2D, count: number): tf.Tensor4D =>
    tf.transpose(tf.reshape(x, [rows, count, heads, size]), [0, 2, 1, 3]);

  const scale = 1 / Math.sqrt(size * products);
  const scaled: tf.Tensor2D = tf.mul(query, scale);
  const byHeads = { query: split(scaled, asking), key: split(key, length), scale };
  const relative = inputs.relative?.(byHeads);
  const factors = dropout.factors([rows, heads, asking, length]) as tf.Tensor4D | undefined;
  const context = dotProductAttention(byHeads.query, byHeads.key, split(value, length), {
    bias,
    ...(factors && { factors }),
    ...(relative && { relative }),
  });
  return tf.reshape(tf.transpose(context, [0, 2, 1, 3]), [tokens, width]);
}
