import type * as tf from '@tensorflow/tfjs-core';
import type { AttentionHeads } from '../layers/attention.js';
import type { DropoutSite } from '../layers/dropout-site.js';
import type { Weights } from '../layers/weights.js';
import type { ParameterSpec } from '../model/parameter-spec.js';
import type { PostNormConfig } from './config.js';

/** A way in which attention goes by distances. */
export interface RelativeAttention {
  /** The parameters that all layers share. @param prefix the encoder's: `mpnet` */
  readonly specs: (prefix: string, config: PostNormConfig) => readonly ParameterSpec[];
  /** Those of each layer. @param name where the layer is: `deberta.encoder.layer.0` */
  readonly layerSpecs?: (name: string, layer: number, config: PostNormConfig) => readonly ParameterSpec[];
  /** @param weights those of the encoder */
  readonly create: (weights: Weights, config: PostNormConfig) => RelativePositions;
}

/** The distances of one model's tokens. */
export interface RelativePositions {
  /** Makes what the layers of one forward pass share. */
  readonly start: (pass: RelativePass) => RelativeScores;
  /** Tensors that are not parameters. */
  readonly constants: readonly tf.Tensor[];
}

export interface RelativePass {
  /** T, the tokens of a row. */
  readonly length: number;
  readonly hiddenDropout: DropoutSite;
}

/**
 * What is added to the scores of one layer: [B, heads, Q, T], or [1, heads, Q, T] for all rows.
 * @param weights those of the layer
 */
export type RelativeScores = (heads: AttentionHeads, weights: Weights) => tf.Tensor4D;
