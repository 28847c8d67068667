import * as tf from '@tensorflow/tfjs-core';
import { type AttentionInputs, attention } from '../layers/attention.js';

/**
 * The same as attention, for some queries of each row at a time: of 8,192 tokens and 12 heads the scores alone are 3 GB. This saves
 * nothing in training, where all probabilities are kept for the gradient.
 * @param bias the same for all queries, [B, 1, 1, T]
 * @param mostScores how many scores may be in memory, about
 */
export function attentionInParts({ query, bias, ...others }: AttentionInputs, mostScores: number): tf.Tensor2D {
  const [rows, , , keys] = bias.shape;
  const [tokens, width] = query.shape;
  const asking = tokens / rows;
  const size = Math.max(1, Math.floor(mostScores / (rows * others.heads * keys)));
  if (size >= asking) return attention({ ...others, query, bias });
  const queries: tf.Tensor3D = tf.reshape(query, [rows, asking, width]);
  const parts: tf.Tensor3D[] = [];
  for (let start = 0; start < asking; start += size) {
    const count = Math.min(size, asking - start);
    const part: tf.Tensor2D = tf.reshape(tf.slice(queries, [0, start, 0], [rows, count, width]), [rows * count, width]);
    parts.push(tf.reshape(attention({ ...others, query: part, bias }), [rows, count, width]));
  }
  return tf.reshape(tf.concat(parts, 1), [tokens, width]);
}
