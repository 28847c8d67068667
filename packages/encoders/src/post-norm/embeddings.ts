import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import { embedding } from '../layers/embedding.js';
import { layerNorm } from '../layers/layer-norm.js';
import type { Weights } from '../layers/weights.js';
import type { ForwardOptions } from '../model/text-classifier.js';
import type { PostNormConfig } from './config.js';

/**
 * Token, token-type and position embeddings, as far as the family has them, added up and normalised → [B·T, embedding width]. Dropout comes after.
 * Padding is always on the right, so the tokens of a row have the positions that follow the first one.
 */
export function embeddings(
  batch: BatchTensors,
  weights: Weights,
  config: PostNormConfig,
  perturb: ForwardOptions['perturb'],
): tf.Tensor2D {
  const { rows, length } = batch;
  const { embeddingWidth: width, absolutePositions = true, firstPosition, tokenTypes } = config;
  const looked = embedding(batch.ids, weights.at('word_embeddings'));
  const tokens = perturb ? perturb(looked) : looked;
  const typed = tokenTypes > 0 ? tf.add(tokens, embedding(batch.typeIds, weights.at('token_type_embeddings'))) : tokens;
  const placed = absolutePositions
    ? tf.add(typed, tf.slice(weights.get('position_embeddings.weight'), [firstPosition, 0], [length, width]))
    : typed;
  return layerNorm(tf.reshape(placed, [rows * length, width]), weights.at('LayerNorm'), config.layerNormEpsilon);
}
