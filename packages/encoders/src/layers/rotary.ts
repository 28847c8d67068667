import * as tf from '@tensorflow/tfjs-core';
import type { KernelLookUp } from './optional-kernel.js';
import { withGradient } from './with-gradient.js';

/** cos(p·θᵢ) and sin(p·θᵢ) of the positions p from 0 on, as many as a row has tokens or more: [positions, size/2]. */
export interface RotaryTables {
  readonly cos: tf.Tensor2D;
  readonly sin: tf.Tensor2D;
}

/** How the tokens of a batch lie in its rows. */
export interface RotaryRows extends RotaryTables {
  readonly rows: number;
}

/**
 * Rotary positions (Su et al. 2021, RoFormer): in each head, elements i and i + size/2 are turned by the angle p·θᵢ, with p the
 * token's place in its row: x [B·T, width] → [B·T, width].
 *
 *     y₁ = x₁·cos − x₂·sin      y₂ = x₂·cos + x₁·sin
 *
 * Its gradient is the turn by the opposite angle.
 */
export function rotary(x: tf.Tensor2D, { rows, cos, sin }: RotaryRows): tf.Tensor2D {
  return withGradient({
    layer: 'rotary',
    inputs: [x],
    forward: (kernel: KernelLookUp) => ({ value: turned(x, { rows, cos, sin }, kernel), saved: [] }),
    backward: (dy) => [rotary(dy, { rows, cos, sin: tf.neg(sin) })],
  });
}

function turned(x: tf.Tensor2D, { rows, cos, sin }: RotaryRows, kernel: KernelLookUp): tf.Tensor2D {
  const [tokens, width] = x.shape;
  const length = tokens / rows;
  const half = cos.shape[1];
  const fused = kernel('RotaryEmbedding', { x: tf.reshape(x, [rows, length, width]), cos, sin })?.[0];
  if (fused) return tf.reshape(fused, [tokens, width]);
  const of = (table: tf.Tensor2D): tf.Tensor4D =>
    tf.reshape(tf.slice(table, [0, 0], [length, half]), [length, 1, 1, half]);
  const heads = width / half / 2;
  const [first, second] = tf.split(tf.reshape(x, [rows, length, heads, 2, half]), 2, 3) as [tf.Tensor5D, tf.Tensor5D];
  const [c, s] = [of(cos), of(sin)];
  const parts = [tf.sub(tf.mul(first, c), tf.mul(second, s)), tf.add(tf.mul(second, c), tf.mul(first, s))];
  return tf.reshape(tf.concat(parts, 3), [tokens, width]);
}
