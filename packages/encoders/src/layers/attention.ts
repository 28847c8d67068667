import * as tf from '@tensorflow/tfjs-core';
import type { DropoutSite } from './dropout-site.js';

/** Far enough below any score that a masked probability is exactly 0 in float32. */
const MASKED = -1e9;

/** What is added to attention scores so that nothing attends to padding: mask [B, T] → [B, 1, 1, T], 0 or −10⁹. */
export function attentionBias(mask: tf.Tensor2D): tf.Tensor4D {
  const [rows, length] = mask.shape;
  return tf.reshape(tf.mul(tf.sub(1, mask), MASKED), [rows, 1, 1, length]);
}

export interface AttentionInputs {
  /** [B·T, width] each */
  readonly query: tf.Tensor2D;
  readonly key: tf.Tensor2D;
  readonly value: tf.Tensor2D;
  /** From `attentionBias`: [B, 1, 1, T]; it also says what B and T are. */
  readonly bias: tf.Tensor4D;
  readonly heads: number;
  /** On the probabilities [B, heads, T, T]. */
  readonly dropout: DropoutSite;
}

/** Scaled dot-product attention with several heads (Vaswani et al. 2017, section 3.2) → [B·T, width]. */
export function attention({ query, key, value, bias, heads, dropout }: AttentionInputs): tf.Tensor2D {
  const [rows, , , length] = bias.shape;
  const width = query.shape[1];
  const size = width / heads;
  const split = (x: tf.Tensor2D): tf.Tensor4D => tf.transpose(tf.reshape(x, [rows, length, heads, size]), [0, 2, 1, 3]);

  const scores = tf.mul(tf.matMul(split(query), split(key), false, true), 1 / Math.sqrt(size));
  const probabilities = dropout(tf.softmax(tf.add(scores, bias)));
  const context = tf.matMul(probabilities, split(value));
  return tf.reshape(tf.transpose(context, [0, 2, 1, 3]), [rows * length, width]);
}
