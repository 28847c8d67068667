import { expect, it } from 'vitest';
import { digestMasks, maskShares } from './mask-shares.js';

it('sums masks up by layer and kind of weight, whatever the family calls them', () => {
  const shares = maskShares(
    new Map<string, number | Float32Array>([
      ['bert.encoder.layer.0.attention.self.query.weight', 1],
      ['bert.encoder.layer.0.attention.output.dense.weight', Float32Array.from([1, 0, 0])],
      ['bert.encoder.layer.0.attention.output.LayerNorm.weight', 0],
      ['bert.encoder.layer.0.output.dense.bias', 0.25],
      ['bert.encoder.layer.11.output.dense.weight', 0.5],
      ['use.encoder.layer.3.attention.qkv.weight', 0],
      ['bert.embeddings.word_embeddings.weight', 0.3],
      ['bert.embeddings.LayerNorm.bias', 1],
      ['bert.pooler.dense.weight', 1],
      ['classifier.weight', 1],
      ['classifier.bias', 0],
    ]),
  );
  expect(digestMasks(shares)).toEqual({
    'encoder.layer.0': {
      query: 1,
      'attention.output': 0.3333,
      'attention.output.LayerNorm': 0,
      'output.bias': 0.25,
    },
    'encoder.layer.11': { output: 0.5 },
    'encoder.layer.3': { 'attention.qkv': 0 },
    embeddings: { word_embeddings: 0.3, 'LayerNorm.bias': 1 },
    pooler: { dense: 1 },
    classifier: { weight: 1, bias: 0 },
  });
});
