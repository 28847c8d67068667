import { InputError } from '@rose/foundation';
import type { JsonObject } from '../files/json-object.js';
import { type PostNormConfig, activationOf, optionalRate, poolingOf, widthAndHeads } from '../post-norm/config.js';
import type { Convolution } from './convolution.js';
import type { Disentangled } from './disentangled.js';
import type { RelativeRows } from './relative-rows.js';

export interface DebertaConfig extends PostNormConfig {
  /** Undefined where attention does not go by distances. */
  readonly disentangled: Disentangled | undefined;
  readonly convolution: Convolution | undefined;
}

/** A number that counts if it is positive; Hugging Face writes −1 for "none". */
function countOrNone(config: JsonObject, key: string): number | undefined {
  const value = config.fields[key];
  return value == null || (Number.isSafeInteger(value) && (value as number) <= 0) ? undefined : config.count(key);
}

/** Refuses a size that Hugging Face's code lets be anything, and that must be this one for its tensors to fit together. */
function expectSize(config: JsonObject, key: string, wanted: number, as: string): void {
  const found = config.count(key, wanted);
  if (found === wanted) return;
  throw new InputError(`"${key}" ${found} is not supported where ${as} is ${wanted}.`, {
    where: config.where,
    hint: 'Only models where both are the same can be read.',
  });
}

/** The names in a value like "p2c|c2p", or in a list. @throws InputError for any but the known ones */
function namesIn(config: JsonObject, key: string, known: readonly string[]): ReadonlySet<string> {
  const value = config.fields[key] ?? [];
  const names: unknown[] = typeof value === 'string' ? value.split('|') : Array.isArray(value) ? value : [value];
  const cleaned = names.map((name) => (typeof name === 'string' ? name.trim().toLowerCase() : JSON.stringify(name)));
  const unknown = cleaned.find((name) => name !== '' && !known.includes(name));
  if (unknown === undefined) return new Set(cleaned);
  throw new InputError(`"${key}" ${unknown} is not supported.`, {
    where: config.where,
    hint: `Supported parts of "${key}": ${known.join(', ')}.`,
  });
}

function relativeRows(config: JsonObject, positions: number): RelativeRows {
  const buckets = countOrNone(config, 'position_buckets');
  const farthest = countOrNone(config, 'max_relative_positions') ?? positions;
  const exact = Math.floor((buckets ?? 0) / 2);
  // Beyond its half of exact buckets the logarithm must rise.
  if (buckets === undefined || (exact >= 1 && (farthest - 1 > exact || positions - 1 <= exact))) {
    return { buckets, farthest };
  }
  throw new InputError(`"position_buckets" ${buckets} cannot be shared out among ${farthest} relative positions.`, {
    where: config.where,
    hint: 'Set "position_buckets" to at least 2, and to less than twice "max_relative_positions".',
  });
}

function disentangledOf(config: JsonObject, kinds: ReadonlySet<string>, positions: number): Disentangled | undefined {
  if (!config.flag('relative_attention', false)) return undefined;
  if (!kinds.has('c2p') && !kinds.has('p2c')) {
    throw new InputError('"relative_attention" true has no effect without "pos_att_type".', {
      where: config.where,
      hint: 'Set "pos_att_type" to "c2p", "p2c" or "p2c|c2p", or "relative_attention" to false.',
    });
  }
  return {
    contentToPosition: kinds.has('c2p'),
    positionToContent: kinds.has('p2c'),
    sharedProjections: config.flag('share_att_key', false),
    rows: relativeRows(config, positions),
    normed: namesIn(config, 'norm_rel_ebd', ['none', 'layer_norm']).has('layer_norm'),
  };
}

function convolutionOf(config: JsonObject): Convolution | undefined {
  const kernel = countOrNone(config, 'conv_kernel_size');
  if (kernel === undefined) return undefined;
  expectSize(config, 'conv_groups', 1, 'the number of groups');
  if (kernel % 2 === 1) return { kernel, activation: activationOf(config, 'conv_act', 'tanh') };
  throw new InputError(`"conv_kernel_size" ${kernel} is not supported: with it there is one token less behind it.`, {
    where: config.where,
    hint: 'Only odd numbers keep the number of tokens.',
  });
}

/**
 * Reads a DeBERTa-v2's or v3's config.json.
 * @throws InputError that names the file and the key
 */
export function parseDebertaConfig(config: JsonObject): DebertaConfig {
  const { width, heads } = widthAndHeads(config, 'hidden_size', 'num_attention_heads');
  expectSize(config, 'attention_head_size', width / heads, 'the share of a head in "hidden_size"');
  expectSize(config, 'embedding_size', width, '"hidden_size"');
  expectSize(config, 'pooler_hidden_size', width, '"hidden_size"');
  const positions = config.count('max_position_embeddings', 512);
  const kinds = namesIn(config, 'pos_att_type', ['c2p', 'p2c']);
  return {
    vocabularySize: config.count('vocab_size'),
    width,
    embeddingWidth: width,
    layers: config.count('num_hidden_layers'),
    heads,
    feedForwardWidth: config.count('intermediate_size'),
    activation: activationOf(config, 'hidden_act'),
    positions,
    absolutePositions: config.flag('position_biased_input', true),
    firstPosition: 0,
    tokenTypes: config.id('type_vocab_size', 0),
    layerNormEpsilon: config.positive('layer_norm_eps', 1e-7),
    hiddenDropout: config.rate('hidden_dropout_prob', 0.1),
    attentionDropout: config.rate('attention_probs_dropout_prob', 0.1),
    denseDropout: config.rate('pooler_dropout', 0),
    denseActivation: activationOf(config, 'pooler_hidden_act'),
    classifierDropout: optionalRate(config, 'cls_dropout'),
    pooling: poolingOf(config),
    // As Hugging Face has it, they count also where attention does not go by distances.
    scoreProducts: 1 + Number(kinds.has('c2p')) + Number(kinds.has('p2c')),
    disentangled: disentangledOf(config, kinds, positions),
    convolution: convolutionOf(config),
  };
}
