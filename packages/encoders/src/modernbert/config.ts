import { InputError } from '@rose/foundation';
import type { JsonObject } from '../files/json-object.js';
import type { ActivationName } from '../layers/activations.js';
import type { EncoderConfig } from '../model/encoder-family.js';
import { activationOf, poolingOf, widthAndHeads } from '../post-norm/config.js';
import { ropeBases } from './rope-bases.js';
import { type Span, reachOf, spansOf } from './spans.js';

/** The numbers that make one ModernBERT differ from another. */
export interface ModernBertConfig extends EncoderConfig {
  /** One for each layer. */
  readonly spans: readonly Span[];
  readonly heads: number;
  /** Of the product of activation and gate. */
  readonly feedForwardWidth: number;
  readonly activation: ActivationName;
  /** Most tokens of a row. There is no table of them. */
  readonly positions: number;
  /** How many tokens a local layer sees to each side. */
  readonly reach: number;
  /** The θ of rotary positions. */
  readonly ropeBases: Readonly<Record<Span, number>>;
  readonly attentionBias: boolean;
  readonly feedForwardBias: boolean;
  readonly normBias: boolean;
  readonly headBias: boolean;
  readonly headActivation: ActivationName;
  /** Of the masked-language head. */
  readonly decoderBias: boolean;
  readonly embeddingDropout: number;
  readonly attentionDropout: number;
  readonly feedForwardDropout: number;
}

/** @throws InputError where elements of a head cannot be turned in pairs, or are not those of the width */
function checkHeadSize(config: JsonObject, size: number): void {
  const asked = config.fields['head_dim'] == null ? size : config.count('head_dim');
  if (size % 2 === 0 && asked === size) return;
  throw new InputError(
    asked === size
      ? `Heads of ${size} elements have no rotary positions, which go by pairs.`
      : `"head_dim" ${asked} is not supported.`,
    {
      where: config.where,
      hint: '"hidden_size" divided by "num_attention_heads" should be even, and "head_dim" the same or missing.',
    },
  );
}

/**
 * Reads a config.json of ModernBERT, of version 5 of transformers or from before.
 * @throws InputError that names the file and the key
 */
export function parseModernBertConfig(config: JsonObject): ModernBertConfig {
  const { width, heads } = widthAndHeads(config, 'hidden_size', 'num_attention_heads');
  checkHeadSize(config, width / heads);
  const embeddingDropout = config.rate('embedding_dropout', 0);
  return {
    vocabularySize: config.count('vocab_size'),
    width,
    heads,
    spans: spansOf(config),
    feedForwardWidth: config.count('intermediate_size'),
    activation: activationOf(config, 'hidden_activation'),
    positions: config.count('max_position_embeddings', 8192),
    reach: reachOf(config),
    ropeBases: ropeBases(config),
    layerNormEpsilon: config.positive('norm_eps', 1e-5),
    attentionBias: config.flag('attention_bias', false),
    feedForwardBias: config.flag('mlp_bias', false),
    normBias: config.flag('norm_bias', false),
    headBias: config.flag('classifier_bias', false),
    headActivation: activationOf(config, 'classifier_activation'),
    decoderBias: config.flag('decoder_bias', true),
    embeddingDropout,
    hiddenDropout: embeddingDropout,
    attentionDropout: config.rate('attention_dropout', 0),
    feedForwardDropout: config.rate('mlp_dropout', 0),
    classifierDropout: config.rate('classifier_dropout', 0),
    pooling: poolingOf(config),
  };
}
