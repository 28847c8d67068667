import { InputError } from '@rose/foundation';
import type { Pooling } from '../model/family.js';
import type { JsonObject } from '../files/json-object.js';
import { activations, type ActivationName } from '../layers/activations.js';

/** The numbers that make one BERT differ from another; defaults are those of Hugging Face's `BertConfig`. */
export interface BertConfig {
  readonly vocabularySize: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForwardWidth: number;
  readonly activation: ActivationName;
  readonly positions: number;
  readonly tokenTypes: number;
  readonly layerNormEpsilon: number;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
  /** The rate before the head. Undefined means the hidden rate. */
  readonly classifierDropout: number | undefined;
  /** What the head reads. The key in config.json is that of Hugging Face's ModernBERT. */
  readonly pooling: Pooling;
}

function poolingOf(config: JsonObject): Pooling {
  const pooling = config.string('classifier_pooling', 'cls');
  if (pooling === 'cls' || pooling === 'mean') return pooling;
  throw new InputError(`The pooling "${pooling}" is not supported.`, {
    where: config.where,
    hint: 'Supported values of "classifier_pooling": cls, mean.',
  });
}

function activationOf(config: JsonObject): ActivationName {
  const name = config.string('hidden_act', 'gelu');
  if (name in activations) return name as ActivationName;
  throw new InputError(`The activation "${name}" is not supported.`, {
    where: config.where,
    hint: `Supported values of "hidden_act": ${Object.keys(activations).join(', ')}.`,
  });
}

/** @throws InputError that names the file and the key */
export function parseBertConfig(config: JsonObject): BertConfig {
  const width = config.count('hidden_size');
  const heads = config.count('num_attention_heads');
  if (width % heads !== 0) {
    throw new InputError(`"hidden_size" ${width} cannot be shared out among ${heads} heads.`, {
      where: config.where,
      hint: 'Set "num_attention_heads" to a divisor of "hidden_size".',
    });
  }
  const positionType = config.string('position_embedding_type', 'absolute');
  if (positionType !== 'absolute') {
    throw new InputError(`"position_embedding_type" ${positionType} is not supported.`, {
      where: config.where,
      hint: 'Only models with absolute positions can be read.',
    });
  }
  return {
    vocabularySize: config.count('vocab_size'),
    width,
    layers: config.count('num_hidden_layers'),
    heads,
    feedForwardWidth: config.count('intermediate_size'),
    activation: activationOf(config),
    positions: config.count('max_position_embeddings', 512),
    tokenTypes: config.count('type_vocab_size', 2),
    layerNormEpsilon: config.positive('layer_norm_eps', 1e-12),
    hiddenDropout: config.rate('hidden_dropout_prob', 0.1),
    attentionDropout: config.rate('attention_probs_dropout_prob', 0.1),
    classifierDropout: config.fields['classifier_dropout'] == null ? undefined : config.rate('classifier_dropout', 0),
    pooling: poolingOf(config),
  };
}
