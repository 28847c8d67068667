import { InputError } from '@rose/foundation';
import type { JsonObject } from '../files/json-object.js';
import { type ActivationName, activations, isActivation } from '../layers/activations.js';
import type { HeadConfig } from '../model/classification-head.js';
import type { ConfigKeys } from '../model/config-keys.js';
import type { Pooling } from '../model/family.js';

/** The numbers that make one post-norm encoder differ from another. */
export interface PostNormConfig extends HeadConfig {
  readonly vocabularySize: number;
  /** Of the embeddings. Where it is not that of the layers, a linear layer lies between (ELECTRA). */
  readonly embeddingWidth: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForwardWidth: number;
  readonly activation: ActivationName;
  /** Most tokens of a row, and rows of the table of positions. */
  readonly positions: number;
  /** Whether there is such a table; there is by default. */
  readonly absolutePositions?: boolean;
  /** The row of the first token. Those before it are padding's (RoBERTa). */
  readonly firstPosition: number;
  /** Rows of the table of token types; 0 for a family without one. */
  readonly tokenTypes: number;
  readonly attentionDropout: number;
  /** Rows of the table of relative positions, for a family that has one. */
  readonly relativeBuckets?: number;
  /** How many products of vectors an attention score sums up; 1 by default. */
  readonly scoreProducts?: number;
}

/** What a family says about a config.json with BERT's keys. */
export interface ConfigDefaults {
  /** Defaults of Hugging Face's class for the family's config, where they are not BERT's. */
  readonly positions?: number;
  readonly layerNormEpsilon?: number;
  /** For a family without token types: 0. */
  readonly tokenTypes?: 0 | 1 | 2;
  readonly firstPosition?: number;
}

/** What the head reads. @throws InputError for anything but the two ways */
export function poolingOf(config: JsonObject): Pooling {
  // The key is that of Hugging Face's ModernBERT.
  const pooling = config.string('classifier_pooling', 'cls');
  if (pooling === 'cls' || pooling === 'mean') return pooling;
  throw new InputError(`The pooling "${pooling}" is not supported.`, {
    where: config.where,
    hint: 'Supported values of "classifier_pooling": cls, mean.',
  });
}

/** The activation that a key names. @throws InputError with those that there are */
export function activationOf(config: JsonObject, key: string, fallback: ActivationName = 'gelu'): ActivationName {
  const name = config.string(key, fallback);
  if (isActivation(name)) return name;
  throw new InputError(`The activation "${name}" is not supported.`, {
    where: config.where,
    hint: `Supported values of "${key}": ${Object.keys(activations).join(', ')}.`,
  });
}

/** The width and the number of heads that share it. @throws InputError where they cannot */
export function widthAndHeads(
  config: JsonObject,
  widthKey: string,
  headsKey: string,
): { width: number; heads: number } {
  const width = config.count(widthKey);
  const heads = config.count(headsKey);
  if (width % heads === 0) return { width, heads };
  throw new InputError(`"${widthKey}" ${width} cannot be shared out among ${heads} heads.`, {
    where: config.where,
    hint: `Set "${headsKey}" to a divisor of "${widthKey}".`,
  });
}

/** A rate that may be missing or null. */
export const optionalRate = (config: JsonObject, key: string): number | undefined =>
  config.fields[key] == null ? undefined : config.rate(key, 0);

/** The keys that `parsePostNormConfig` reads. */
export const postNormKeys: ConfigKeys['read'] = [
  ...['vocab_size', 'hidden_size', 'num_hidden_layers', 'num_attention_heads', 'intermediate_size', 'hidden_act'],
  ...['hidden_dropout_prob', 'attention_probs_dropout_prob', 'classifier_dropout', 'layer_norm_eps'],
  ...['max_position_embeddings', 'type_vocab_size', 'position_embedding_type', 'classifier_pooling'],
];

/**
 * Reads a config.json with BERT's keys, as RoBERTa, ELECTRA and MPNet have them too.
 * @throws InputError that names the file and the key
 */
export function parsePostNormConfig(config: JsonObject, defaults: ConfigDefaults = {}): PostNormConfig {
  const { positions = 512, layerNormEpsilon = 1e-12, tokenTypes = 2, firstPosition = 0 } = defaults;
  const { width, heads } = widthAndHeads(config, 'hidden_size', 'num_attention_heads');
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
    embeddingWidth: width,
    layers: config.count('num_hidden_layers'),
    heads,
    feedForwardWidth: config.count('intermediate_size'),
    activation: activationOf(config, 'hidden_act'),
    positions: config.count('max_position_embeddings', positions),
    firstPosition,
    tokenTypes: tokenTypes === 0 ? 0 : config.count('type_vocab_size', tokenTypes),
    layerNormEpsilon: config.positive('layer_norm_eps', layerNormEpsilon),
    hiddenDropout: config.rate('hidden_dropout_prob', 0.1),
    attentionDropout: config.rate('attention_probs_dropout_prob', 0.1),
    classifierDropout: optionalRate(config, 'classifier_dropout'),
    pooling: poolingOf(config),
  };
}
