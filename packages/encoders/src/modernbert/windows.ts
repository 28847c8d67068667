import * as tf from '@tensorflow/tfjs-core';
import { type AttentionInputs, MASKED, attention, attentionBias } from '../layers/attention.js';

/**
 * What is added to the scores so that a query sees the keys that are at most `reach` away: [1, 1, queries, keys], 0 or −10⁹.
 * @param before how many keys come before the place of the first query
 */
export function band(queries: number, keys: number, { reach, before = 0 }: { reach: number; before?: number }) {
  const values = new Float32Array(queries * keys);
  for (let i = 0; i < values.length; i++) {
    const distance = (i % keys) - before - Math.floor(i / keys);
    if (Math.abs(distance) > reach) values[i] = MASKED;
  }
  return tf.tensor4d(values, [1, 1, queries, keys]);
}

type Parts = Omit<AttentionInputs, 'bias'>;

/**
 * The same as attention in a window, for rows much longer than it. A row is cut into blocks as long as the reach. The queries of a
 * block only meet the keys of their own block, the one before and the one after, so that time and memory grow with T and not
 * with T².
 */
export interface Blocks {
  readonly rows: number;
  readonly length: number;
  /** Tokens of a block. No query sees further. */
  readonly size: number;
  /** For each block its keys' padding and the window: [B·blocks, 1, size, 3·size]. */
  readonly bias: tf.Tensor4D;
}

/** @param window from `band`, of a block's queries and the keys of three blocks */
export function blocksOf(mask: tf.Tensor2D, size: number, window: tf.Tensor4D): Blocks {
  const [rows, length] = mask.shape;
  const tokens: tf.Tensor2D = tf.reshape(mask, [rows * length, 1]);
  const neighbours = withNeighbours(tokens, { rows, length, size });
  const blocks = neighbours.shape[0] / (3 * size);
  const padding = attentionBias(tf.reshape(neighbours, [blocks, 3 * size]));
  return { rows, length, size, bias: tf.add(padding, window) };
}

export function attentionInBlocks({ query, key, value, ...others }: Parts, blocks: Blocks): tf.Tensor2D {
  const { rows, length, bias } = blocks;
  const width = query.shape[1];
  const context = attention({
    ...others,
    query: inBlocks(query, blocks),
    key: withNeighbours(key, blocks),
    value: withNeighbours(value, blocks),
    bias,
  });
  const padded: tf.Tensor3D = tf.reshape(context, [rows, context.shape[0] / rows, width]);
  return tf.reshape(tf.slice(padded, [0, 0, 0], [rows, length, width]), [rows * length, width]);
}

type Cut = Pick<Blocks, 'rows' | 'length' | 'size'>;

/** Rows padded to whole blocks, with empty blocks around them: [B·T, width] → [B, around + blocks + around, size, width]. */
function cut(x: tf.Tensor2D, { rows, length, size }: Cut, around: number): tf.Tensor4D {
  const width = x.shape[1];
  const blocks = Math.ceil(length / size);
  const behind = (blocks + around) * size - length;
  const tokens: tf.Tensor3D = tf.reshape(x, [rows, length, width]);
  const padded = tf.pad3d(tokens, [
    [0, 0],
    [around * size, behind],
    [0, 0],
  ]);
  return tf.reshape(padded, [rows, blocks + 2 * around, size, width]);
}

/** [B·T, width] → [B·blocks·size, width] */
function inBlocks(x: tf.Tensor2D, blocks: Cut): tf.Tensor2D {
  return tf.reshape(cut(x, blocks, 0), [-1, x.shape[1]]);
}

/** Each block with the one before and the one after: [B·T, width] → [B·blocks·3·size, width]. */
function withNeighbours(x: tf.Tensor2D, blocks: Cut): tf.Tensor2D {
  const around = cut(x, blocks, 1);
  const [rows, count, size, width] = around.shape;
  const shifted = (by: number) => tf.slice(around, [0, by, 0, 0], [rows, count - 2, size, width]);
  return tf.reshape(tf.concat([shifted(0), shifted(1), shifted(2)], 2), [-1, width]);
}
