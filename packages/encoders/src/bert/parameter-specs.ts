import { type ParameterSpec, affineSpecs, headSpecs, normSpecs, tableSpec } from '../model/parameter-spec.js';
import type { ParameterKind } from '../model/parameter-role.js';
import type { BertConfig } from './config.js';

export const BERT = 'bert';

function layerSpecs({ width, feedForwardWidth }: BertConfig, layer: number): ParameterSpec[] {
  const at = `${BERT}.encoder.layer.${layer}`;
  const module = (kind: ParameterKind, block: string, label = block) => ({ layer, kind, block, label });
  return [
    ...affineSpecs(`${at}.attention.self.query`, module('query', 'attention', 'query'), [width, width]),
    ...affineSpecs(`${at}.attention.self.key`, module('key', 'attention', 'key'), [width, width]),
    ...affineSpecs(`${at}.attention.self.value`, module('value', 'attention', 'value'), [width, width]),
    ...affineSpecs(`${at}.attention.output.dense`, module('attention-output', 'attention', 'attention.output'), [
      width,
      width,
    ]),
    ...normSpecs(
      `${at}.attention.output.LayerNorm`,
      module('attention-norm', 'attention', 'attention.output.LayerNorm'),
      width,
    ),
    ...affineSpecs(`${at}.intermediate.dense`, module('intermediate', 'intermediate'), [feedForwardWidth, width]),
    ...affineSpecs(`${at}.output.dense`, module('feed-forward-output', 'output'), [width, feedForwardWidth]),
    ...normSpecs(`${at}.output.LayerNorm`, module('feed-forward-norm', 'output', 'output.LayerNorm'), width),
  ];
}

function embeddingSpecs({ width, vocabularySize, positions, tokenTypes }: BertConfig): ParameterSpec[] {
  const at = `${BERT}.embeddings`;
  const table = (label: string, kind: ParameterKind, ids: number) =>
    tableSpec(`${at}.${label}`, { kind, block: 'embeddings', label }, [ids, width]);
  return [
    table('word_embeddings', 'token-embeddings', vocabularySize),
    table('position_embeddings', 'position-embeddings', positions),
    table('token_type_embeddings', 'token-type-embeddings', tokenTypes),
    ...normSpecs(`${at}.LayerNorm`, { kind: 'embeddings-norm', block: 'embeddings', label: 'LayerNorm' }, width),
  ];
}

/** Embeddings and layers, in the order of Hugging Face's state dict. */
export function bertEncoderSpecs(config: BertConfig): ParameterSpec[] {
  return [
    ...embeddingSpecs(config),
    ...Array.from({ length: config.layers }, (_, layer) => layerSpecs(config, layer)).flat(),
  ];
}

/** The encoder with what `BertForSequenceClassification` adds: a pooler, if the head reads [CLS], and the head. */
export function bertClassifierSpecs(config: BertConfig, classes: number): ParameterSpec[] {
  const { width, pooling } = config;
  return [...bertEncoderSpecs(config), ...(pooling === 'cls' ? poolerSpecs(width) : []), ...headSpecs(classes, width)];
}

/** Some checkpoints lack the pooler; it is then drawn. */
function poolerSpecs(width: number): ParameterSpec[] {
  const module = { kind: 'pooler', block: 'pooler', label: 'dense' } as const;
  const [weight, bias] = affineSpecs(`${BERT}.pooler.dense`, module, [width, width]);
  return [
    { ...weight, fresh: { normal: 'pooler' } },
    { ...bias, fresh: 'zeros' },
  ];
}
