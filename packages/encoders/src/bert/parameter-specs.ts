import { type ParameterSpec, affineSpecs, normSpecs } from '../parameters.js';
import type { BertConfig } from './config.js';

export const BERT = 'bert';

function layerSpecs({ width, feedForwardWidth }: BertConfig, layer: number): ParameterSpec[] {
  const at = `${BERT}.encoder.layer.${layer}`;
  return [
    ...affineSpecs(`${at}.attention.self.query`, width, width),
    ...affineSpecs(`${at}.attention.self.key`, width, width),
    ...affineSpecs(`${at}.attention.self.value`, width, width),
    ...affineSpecs(`${at}.attention.output.dense`, width, width),
    ...normSpecs(`${at}.attention.output.LayerNorm`, width),
    ...affineSpecs(`${at}.intermediate.dense`, feedForwardWidth, width),
    ...affineSpecs(`${at}.output.dense`, width, feedForwardWidth),
    ...normSpecs(`${at}.output.LayerNorm`, width),
  ];
}

/** Embeddings and layers, in the order of Hugging Face's state dict. */
export function bertEncoderSpecs(config: BertConfig): ParameterSpec[] {
  const { width } = config;
  const embeddings = `${BERT}.embeddings`;
  return [
    { name: `${embeddings}.word_embeddings.weight`, shape: [config.vocabularySize, width] },
    { name: `${embeddings}.position_embeddings.weight`, shape: [config.positions, width] },
    { name: `${embeddings}.token_type_embeddings.weight`, shape: [config.tokenTypes, width] },
    ...normSpecs(`${embeddings}.LayerNorm`, width),
    ...Array.from({ length: config.layers }, (_, layer) => layerSpecs(config, layer)).flat(),
  ];
}

/** What `BertForSequenceClassification` has on top: a pooler, which some checkpoints lack and mean pooling has no use for, and the head. */
export function bertClassifierSpecs(config: BertConfig, classes: number): ParameterSpec[] {
  const { width, pooling } = config;
  const pooler: ParameterSpec[] = [
    { name: `${BERT}.pooler.dense.weight`, shape: [width, width], fresh: { normal: 'pooler' } },
    { name: `${BERT}.pooler.dense.bias`, shape: [width], fresh: 'zeros' },
  ];
  return [
    ...bertEncoderSpecs(config),
    ...(pooling === 'cls' ? pooler : []),
    { name: 'classifier.weight', shape: [classes, width], fresh: { normal: 'head' }, replaceable: true },
    { name: 'classifier.bias', shape: [classes], fresh: 'zeros', replaceable: true },
  ];
}
