import type { ModuleRole, ParameterKind } from '../model/parameter-role.js';
import { type ParameterSpec, affineSpecs, normSpecs, tableSpec } from '../model/parameter-spec.js';
import type { ModernBertConfig } from './config.js';

/** Before each name of the encoder. */
export const PREFIX = 'model';

export const TOKEN_EMBEDDINGS = `${PREFIX}.embeddings.tok_embeddings.weight`;

const blocks = {
  'attention-norm': 'attention',
  qkv: 'attention',
  'attention-output': 'attention',
  'feed-forward-norm': 'intermediate',
  intermediate: 'intermediate',
  'feed-forward-output': 'output',
} as const satisfies Partial<Record<ParameterKind, string>>;

type LayerKind = keyof typeof blocks;

function layerSpecs(config: ModernBertConfig, layer: number): ParameterSpec[] {
  const { width, feedForwardWidth, normBias, attentionBias, feedForwardBias } = config;
  const at = `${PREFIX}.layers.${layer}`;
  const module = (kind: LayerKind, label: string): ModuleRole => ({ layer, kind, block: blocks[kind], label });
  const norm = (name: string, kind: LayerKind) =>
    optional(normSpecs(`${at}.${name}`, module(kind, `${blocks[kind]}.norm`), width), normBias);
  const affine = (name: string, module: ModuleRole, shape: readonly [number, number], bias: boolean) =>
    optional(affineSpecs(`${at}.${name}`, module, shape), bias);
  return [
    // The embeddings are normalised already.
    ...(layer === 0 ? [] : norm('attn_norm', 'attention-norm')),
    ...affine('attn.Wqkv', module('qkv', 'attention.qkv'), [3 * width, width], attentionBias),
    ...affine('attn.Wo', module('attention-output', 'attention.output'), [width, width], attentionBias),
    ...norm('mlp_norm', 'feed-forward-norm'),
    ...affine('mlp.Wi', module('intermediate', 'intermediate'), [2 * feedForwardWidth, width], feedForwardBias),
    ...affine('mlp.Wo', module('feed-forward-output', 'output'), [width, feedForwardWidth], feedForwardBias),
  ];
}

const optional = ([weight, bias]: ReturnType<typeof affineSpecs>, biased: boolean) =>
  biased ? [weight, bias] : [weight];

/** Embeddings, layers and the norm after them, in the order of Hugging Face's state dict. */
export function modernBertSpecs(config: ModernBertConfig): ParameterSpec[] {
  const { vocabularySize, width, spans, normBias } = config;
  const block = 'embeddings';
  const table = { kind: 'token-embeddings', block, label: 'tok_embeddings' } as const;
  const norm = { kind: 'embeddings-norm', block, label: 'norm' } as const;
  const last = { kind: 'final-norm', block: 'final_norm', label: 'norm' } as const;
  return [
    tableSpec(`${PREFIX}.embeddings.tok_embeddings`, table, [vocabularySize, width]),
    ...optional(normSpecs(`${PREFIX}.embeddings.norm`, norm, width), normBias),
    ...spans.flatMap((_, layer) => layerSpecs(config, layer)),
    ...optional(normSpecs(`${PREFIX}.final_norm`, last, width), normBias),
  ];
}
