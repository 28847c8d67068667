import * as tf from '@tensorflow/tfjs-core';
import { type ActivationName, activations } from '../layers/activations.js';
import { layerNorm } from '../layers/layer-norm.js';
import { linear } from '../layers/linear.js';
import { Weights } from '../layers/weights.js';
import { type ParameterSpec, affineSpecs, normSpecs, tableSpec } from './parameter-spec.js';

/** What a family's masked-language head in Hugging Face's transformers is made of: dense layer, activation, norm, decoder. */
export interface MaskedHeadLayout {
  /** The names of the layers: `lm_head.dense`. */
  readonly dense: string;
  readonly norm: string;
  readonly decoder: string;
  /** Where the decoder's bias is stored if its weights are those of the token embeddings; undefined if it has none. */
  readonly bias: string | undefined;
  readonly activation: ActivationName;
  /** Biases of dense layer and norm; both have one by default. */
  readonly denseBias?: boolean;
  readonly normBias?: boolean;
}

/** The sizes that the head and its model share. */
export interface MaskedHeadConfig {
  readonly vocabularySize: number;
  readonly width: number;
  /** Of the token embeddings, to which the head goes back. */
  readonly embeddingWidth?: number;
  readonly layerNormEpsilon: number;
  /** Whether the decoder's weights are the token embeddings: `tie_word_embeddings`. */
  readonly tied: boolean;
}

const decoderBias = ({ decoder, bias }: MaskedHeadLayout, { tied }: MaskedHeadConfig) =>
  bias === undefined || tied ? bias : `${decoder}.bias`;

/** The parameters of a masked-language head. A checkpoint must have them all. */
export function maskedHeadSpecs(layout: MaskedHeadLayout, config: MaskedHeadConfig): ParameterSpec[] {
  const { vocabularySize, width, embeddingWidth = width, tied } = config;
  const module = (label: string) => ({ kind: 'head-dense', block: 'masked-language', label }) as const;
  const dense = affineSpecs(layout.dense, module('dense'), [embeddingWidth, width]);
  const norm = normSpecs(layout.norm, { ...module('norm'), kind: 'head-norm' }, embeddingWidth);
  const head = { ...module('decoder'), kind: 'head' } as const;
  const bias = decoderBias(layout, config);
  return [
    ...dense.slice(0, layout.denseBias === false ? 1 : 2),
    ...norm.slice(0, layout.normBias === false ? 1 : 2),
    ...(tied ? [] : [tableSpec(layout.decoder, head, [vocabularySize, embeddingWidth])]),
    ...(bias === undefined
      ? []
      : [{ name: bias, shape: [vocabularySize], role: { ...head, role: 'bias', label: 'decoder.bias' } } as const]),
  ];
}

export interface MaskedHeadParts {
  readonly layout: MaskedHeadLayout;
  readonly config: MaskedHeadConfig;
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** The name of the token embeddings. */
  readonly tokenEmbeddings: string;
}

/** The scores of all vocabulary ids for each state: [n, width] → [n, vocabulary]. */
export function maskedLogits(
  states: tf.Tensor2D,
  { layout, config, variables, tokenEmbeddings }: MaskedHeadParts,
): tf.Tensor2D {
  const active = activations[layout.activation](linear(states, new Weights(variables, layout.dense)));
  const normed = layerNorm(active, new Weights(variables, layout.norm), config.layerNormEpsilon);
  const decoder = variables.get(config.tied ? tokenEmbeddings : `${layout.decoder}.weight`) as unknown as tf.Tensor2D;
  const bias = variables.get(decoderBias(layout, config) ?? '');
  const scores: tf.Tensor2D = tf.matMul(normed, decoder, false, true);
  return bias ? tf.add(scores, bias as unknown as tf.Tensor1D) : scores;
}
