import * as tf from '@tensorflow/tfjs-core';
import type { AttentionHeads } from '../layers/attention.js';
import { layerNorm } from '../layers/layer-norm.js';
import { linear } from '../layers/linear.js';
import { affineSpecs, normSpecs, tableSpec } from '../model/parameter-spec.js';
import type { RelativeAttention, RelativePass, RelativeScores } from '../post-norm/relative-attention.js';
import { type RelativeRows, rowOf, span } from './relative-rows.js';
import { skewed } from './skewed.js';

/** What one DeBERTa's attention makes of distances. */
export interface Disentangled {
  /** Whether queries meet the keys of positions, and keys the queries of positions. */
  readonly contentToPosition: boolean;
  readonly positionToContent: boolean;
  /** Whether positions have the projections of the tokens, or their own. */
  readonly sharedProjections: boolean;
  readonly rows: RelativeRows;
  /** Whether the table of relative positions is normalised. */
  readonly normed: boolean;
}

const TABLE = 'encoder.rel_embeddings';
const NORM = 'encoder.LayerNorm';
/** The projections of tokens and of positions, within a layer. */
const OWN = { key: 'attention.self.pos_key_proj', query: 'attention.self.pos_query_proj' } as const;
const SHARED = { key: 'attention.self.key_proj', query: 'attention.self.query_proj' } as const;

/**
 * Disentangled attention (He et al. 2021, arXiv:2006.03654, section 3.1). With a table P of relative positions, the score of a query
 * at i and a key at j is
 *
 *     A(i,j) = Q(i)·K(j) + Q(i)·Kʳ(δ(i,j)) + K(j)·Qʳ(δ(j,i))      Kʳ = P·Wₖʳ      Qʳ = P·W_qʳ
 *
 * all of it over √(d · number of products). The first product is everyone's; this makes the others, c2p and p2c. As
 * Hugging Face has it, p2c reads the row of i − j too: δ(j,i) is there taken with the sign turned once more.
 *
 * Each distance's row is looked up before the product, not after it: rows of 2T distances are less to gather than T² scores of every head.
 */
export const disentangled = (attention: Disentangled): RelativeAttention => ({
  specs(prefix, { width }) {
    const block = 'attention';
    return [
      tableSpec(`${prefix}.${TABLE}`, { kind: 'relative-positions', block, label: 'rel_embeddings' }, [
        2 * span(attention.rows),
        width,
      ]),
      ...(attention.normed
        ? normSpecs(`${prefix}.${NORM}`, { kind: 'relative-positions-norm', block, label: 'LayerNorm' }, width)
        : []),
    ];
  },
  layerSpecs(name, layer, { width }) {
    const { sharedProjections, contentToPosition, positionToContent } = attention;
    const own = (kind: 'relative-key' | 'relative-query', module: string, label: string) =>
      affineSpecs(`${name}.${module}`, { layer, kind, block: 'attention', label }, [width, width]);
    return [
      ...(!sharedProjections && contentToPosition ? own('relative-key', OWN.key, 'pos_key') : []),
      ...(!sharedProjections && positionToContent ? own('relative-query', OWN.query, 'pos_query') : []),
    ];
  },
  create(weights, { positions, layerNormEpsilon }) {
    const distances = rowsOfDistances(attention.rows, positions);
    return {
      start(pass) {
        const table = weights.get(`${TABLE}.weight`) as unknown as tf.Tensor2D;
        const normed = attention.normed ? layerNorm(table, weights.at(NORM), layerNormEpsilon) : table;
        return scoresOf({ attention, table: normed, distances, pass });
      },
      constants: [distances.rising, distances.falling],
    };
  },
});

/** The table's rows of the distances 1 − M … M and M − 1 … −M, for at most M tokens. */
interface DistanceRows {
  readonly most: number;
  /** int32 [2M] each */
  readonly rising: tf.Tensor1D;
  readonly falling: tf.Tensor1D;
}

function rowsOfDistances(rows: RelativeRows, most: number): DistanceRows {
  const places = Array.from({ length: 2 * most }, (_, i) => i + 1 - most);
  const of = (sign: 1 | -1) => Int32Array.from(places, (distance) => rowOf(sign * distance, rows));
  return { most, rising: tf.tensor1d(of(1), 'int32'), falling: tf.tensor1d(of(-1), 'int32') };
}

interface PassParts {
  readonly attention: Disentangled;
  /** [rows, width] */
  readonly table: tf.Tensor2D;
  readonly distances: DistanceRows;
  readonly pass: RelativePass;
}

/** c2p + p2c of any layer. */
function scoresOf({ attention, table, distances, pass }: PassParts): RelativeScores {
  const { sharedProjections, contentToPosition, positionToContent } = attention;
  const names = sharedProjections ? SHARED : OWN;
  return (heads, weights) => {
    const [asking, length] = [heads.query.shape[2], heads.key.shape[2]];
    const dropped = pass.hiddenDropout.apply(table);
    /** Of the distances from place `first` on. */
    const project = (rows: tf.Tensor1D, first: number, name: string) => {
      const near = tf.slice(rows, [first], [asking + length]);
      return byHeads(linear(tf.gather(dropped, near), weights.at(name)), heads);
    };
    // From key to key a query counts distances down, asking − 1 … −T; from query to query a key counts them up, 1 − T … asking.
    const { falling, rising, most } = distances;
    return tf.addN([
      ...(contentToPosition ? [contentScores(heads, project(falling, most - asking, names.key))] : []),
      ...(positionToContent ? [positionScores(heads, project(rising, most - length, names.query))] : []),
    ]);
  };
}

/** One copy of the positions' vectors for each row of the batch: [n, width] → [B, heads, n, size]. */
function byHeads(positions: tf.Tensor2D, { query }: AttentionHeads): tf.Tensor4D {
  const [rows, heads, , size] = query.shape;
  const [count] = positions.shape;
  const split: tf.Tensor4D = tf.transpose(tf.reshape(positions, [1, count, heads, size]), [0, 2, 1, 3]);
  return tf.broadcastTo(split, [rows, heads, count, size]);
}

/** c2p: Q(i)·Kʳ → [B, heads, Q, T]. */
const contentScores = ({ query }: AttentionHeads, keys: tf.Tensor4D): tf.Tensor4D =>
  skewed(tf.matMul(query, keys, false, true));

/** p2c: K(j)·Qʳ → [B, heads, Q, T]. */
function positionScores({ key, scale }: AttentionHeads, queries: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(skewed(tf.matMul(key, tf.mul(queries, scale), false, true)), [0, 1, 3, 2]);
}
