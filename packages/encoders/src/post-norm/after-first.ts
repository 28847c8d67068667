import type * as tf from '@tensorflow/tfjs-core';
import type { DropoutSite } from '../layers/dropout-site.js';
import type { Weights } from '../layers/weights.js';
import type { ParameterSpec } from '../model/parameter-spec.js';
import type { PostNormConfig } from './config.js';

/** A module between the first layer and the second, which sees the embeddings too. */
export interface AfterFirst {
  /** @param prefix the encoder's: `deberta` */
  readonly specs: (prefix: string, config: PostNormConfig) => readonly ParameterSpec[];
  /**
   * The states that the second layer gets, [B·T, width].
   * @param weights those of the encoder
   */
  readonly apply: (inputs: AfterFirstInputs, weights: Weights, config: PostNormConfig) => tf.Tensor2D;
}

export interface AfterFirstInputs {
  /** What the first layer got, and what it made of it: [B·T, width] each. */
  readonly embedded: tf.Tensor2D;
  readonly states: tf.Tensor2D;
  /** [B, T], 1 for a real token */
  readonly mask: tf.Tensor2D;
  readonly hiddenDropout: DropoutSite;
}
