import type { ModuleRole, ParameterKind } from '../model/parameter-role.js';
import { type ParameterSpec, affineSpecs, normSpecs, tableSpec } from '../model/parameter-spec.js';
import type { LayerModule, PostNormArchitecture } from './architecture.js';
import type { PostNormConfig } from './config.js';

/** The blocks and short names of a layer's modules, the same in all families, so that their results can be compared. */
const places: Readonly<Record<LayerModule, Pick<ModuleRole, 'block' | 'label'>>> = {
  query: { block: 'attention', label: 'query' },
  key: { block: 'attention', label: 'key' },
  value: { block: 'attention', label: 'value' },
  'attention-output': { block: 'attention', label: 'attention.output' },
  'attention-norm': { block: 'attention', label: 'attention.output.LayerNorm' },
  intermediate: { block: 'intermediate', label: 'intermediate' },
  'feed-forward-output': { block: 'output', label: 'output' },
  'feed-forward-norm': { block: 'output', label: 'output.LayerNorm' },
};

function layerSpecs(architecture: PostNormArchitecture, config: PostNormConfig, layer: number): ParameterSpec[] {
  const { width, feedForwardWidth } = config;
  const { prefix, layers, modules, relative } = architecture;
  const at = `${prefix}.${layers}.${layer}`;
  const nameOf = (kind: LayerModule) => `${at}.${modules[kind]}`;
  const affine = (kind: LayerModule, shape: readonly [number, number]) =>
    affineSpecs(nameOf(kind), { layer, kind, ...places[kind] }, shape);
  const norm = (kind: LayerModule) => normSpecs(nameOf(kind), { layer, kind, ...places[kind] }, width);
  return [
    ...affine('query', [width, width]),
    ...affine('key', [width, width]),
    ...affine('value', [width, width]),
    ...(relative?.layerSpecs?.(at, layer, config) ?? []),
    ...affine('attention-output', [width, width]),
    ...norm('attention-norm'),
    ...affine('intermediate', [feedForwardWidth, width]),
    ...affine('feed-forward-output', [width, feedForwardWidth]),
    ...norm('feed-forward-norm'),
  ];
}

function embeddingSpecs({ prefix }: PostNormArchitecture, config: PostNormConfig): ParameterSpec[] {
  const { width, embeddingWidth, vocabularySize, positions, absolutePositions = true, tokenTypes } = config;
  const block = 'embeddings';
  const at = `${prefix}.${block}`;
  const table = (label: string, kind: ParameterKind, ids: number) =>
    tableSpec(`${at}.${label}`, { kind, block, label }, [ids, embeddingWidth]);
  const project = 'embeddings_project';
  return [
    table('word_embeddings', 'token-embeddings', vocabularySize),
    ...(absolutePositions ? [table('position_embeddings', 'position-embeddings', positions)] : []),
    ...(tokenTypes > 0 ? [table('token_type_embeddings', 'token-type-embeddings', tokenTypes)] : []),
    ...normSpecs(`${at}.LayerNorm`, { kind: 'embeddings-norm', block, label: 'LayerNorm' }, embeddingWidth),
    ...(embeddingWidth === width
      ? []
      : affineSpecs(`${prefix}.${project}`, { kind: 'embeddings-projection', block, label: project }, [
          width,
          embeddingWidth,
        ])),
  ];
}

/** Embeddings and layers, in the order of Hugging Face's state dict. */
export function postNormSpecs(architecture: PostNormArchitecture, config: PostNormConfig): ParameterSpec[] {
  return [
    ...embeddingSpecs(architecture, config),
    ...Array.from({ length: config.layers }, (_, layer) => layerSpecs(architecture, config, layer)).flat(),
    ...(architecture.relative?.specs(architecture.prefix, config) ?? []),
    ...(architecture.afterFirst?.specs(architecture.prefix, config) ?? []),
  ];
}
