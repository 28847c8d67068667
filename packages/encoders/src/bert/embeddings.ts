import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import { embedding } from '../layers/embedding.js';
import { layerNorm } from '../layers/layer-norm.js';
import type { ForwardOptions } from '../model/text-classifier.js';
import type { Weights } from '../layers/weights.js';
import type { BertConfig } from './config.js';

/** Token, token-type and position embeddings, added up and normalised → [B·T, width]. Dropout comes after. */
export function bertEmbeddings(
  batch: BatchTensors,
  weights: Weights,
  config: BertConfig,
  perturb: ForwardOptions['perturb'],
): tf.Tensor2D {
  const { rows, length } = batch;
  const looked = embedding(batch.ids, weights.at('word_embeddings'));
  const tokens = perturb ? perturb(looked) : looked;
  const types = embedding(batch.typeIds, weights.at('token_type_embeddings'));
  const positions = tf.slice(weights.get('position_embeddings.weight'), [0, 0], [length, config.width]);
  const sum = tf.add(tf.add(tokens, types), positions);
  return layerNorm(tf.reshape(sum, [rows * length, config.width]), weights.at('LayerNorm'), config.layerNormEpsilon);
}
