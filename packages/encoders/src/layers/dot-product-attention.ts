import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.js';

export interface AttentionWeighting {
  /** Added to the scores: [B, 1, 1, T] for padding, [B, 1, Q, T] for windows too. It has no gradient. */
  readonly bias: tf.Tensor4D;
  /** Dropout on the probabilities, [B, heads, Q, T]: 0 or 1/(1−rate). */
  readonly factors?: tf.Tensor4D;
  /** Learned scores of relative positions, added too: [B, heads, Q, T], or [1, heads, Q, T] for all rows. */
  readonly relative?: tf.Tensor4D;
}

/**
 * C = (P∘M)·V with P = softmax(Q·Kᵀ + R + bias) and Q already scaled: [B, heads, Q, size], [B, heads, T, size] twice →
 * [B, heads, Q, size].
 *
 * The gradient is written out so that it makes as few passes as possible over the T×T arrays, which are the largest:
 *
 *     dP = (dC·Vᵀ)∘M      dS = P∘(dP − δ)      δ = Σ over keys of P∘dP = Σ over size of C∘dC
 *     dQ = dS·K           dK = dSᵀ·Q           dV = (P∘M)ᵀ·dC         dR = dS
 *
 * The second form of δ needs no T×T array (Dao et al. 2022, FlashAttention, section 3 and appendix B.2).
 */
export function dotProductAttention(
  query: tf.Tensor4D,
  key: tf.Tensor4D,
  value: tf.Tensor4D,
  { bias, factors, relative }: AttentionWeighting,
): tf.Tensor4D {
  return withGradient({
    layer: 'attention',
    inputs: [query, key, value, ...(relative ? [relative] : [])],
    forward: () => {
      const scores: tf.Tensor4D = tf.matMul(query, key, false, true);
      const biased: tf.Tensor4D = tf.add(relative ? tf.add(scores, relative) : scores, bias);
      const probabilities = tf.softmax(biased);
      const weights: tf.Tensor4D = factors ? tf.mul(probabilities, factors) : probabilities;
      const context: tf.Tensor4D = tf.matMul(weights, value);
      return { value: context, saved: [query, key, value, probabilities, weights, context, factors] };
    },
    backward: (dContext, ...saved) => {
      const { dScores, ...others } = gradients(dContext, ...saved);
      const forAll = relative?.shape[0] === 1 ? tf.sum(dScores, 0, true) : dScores;
      return [others.dQuery, others.dKey, others.dValue, ...(relative ? [forAll] : [])];
    },
  });
}

function gradients(dContext: tf.Tensor4D, ...[query, key, value, probabilities, weights, context, factors]: Saved) {
  const delta = tf.sum(tf.mul(context, dContext), -1, true);
  const dWeights = tf.matMul(dContext, value, false, true);
  const dProbabilities = factors ? tf.mul(dWeights, factors) : dWeights;
  const dScores: tf.Tensor4D = tf.mul(probabilities, tf.sub(dProbabilities, delta));
  return {
    dScores,
    dQuery: tf.matMul(dScores, key),
    dKey: productOfTransposed(dScores, query),
    dValue: productOfTransposed(weights, dContext),
  };
}

/** aᵀ·b, computed as (bᵀ·a)ᵀ. This is faster where b is narrow and a is wide, and a transposition follows anyway. */
function productOfTransposed(a: tf.Tensor4D, b: tf.Tensor4D): tf.Tensor4D {
  const product: tf.Tensor4D = tf.matMul(b, a, true, false);
  return tf.transpose(product, [0, 1, 3, 2]);
}

type Saved = readonly [
  query: tf.Tensor4D,
  key: tf.Tensor4D,
  value: tf.Tensor4D,
  probabilities: tf.Tensor4D,
  weights: tf.Tensor4D,
  context: tf.Tensor4D,
  factors: tf.Tensor4D | undefined,
];
