import { expect, it } from 'vitest';
import { parameterGroup, relativeDrift } from './relative-drift.js';

it('measures how far each group moved, relative to where it began', () => {
  const before = new Map([
    ['bert.encoder.layer.0.attention.self.query.weight', new Float32Array([3, 0])],
    ['bert.encoder.layer.0.attention.self.query.bias', new Float32Array([4, 0])],
    ['classifier.bias', new Float32Array([0, 0])],
  ]);
  const after = new Map([
    ['bert.encoder.layer.0.attention.self.query.weight', new Float32Array([3, 3])],
    ['bert.encoder.layer.0.attention.self.query.bias', new Float32Array([4, 4])],
    ['classifier.bias', new Float32Array([0.3, 0.4])],
  ]);
  const drift = relativeDrift(before, after);
  expect([...drift.keys()]).toEqual(['encoder.layer.0.attention', 'classifier']);
  expect(drift.get('encoder.layer.0.attention')).toBeCloseTo(1, 6);
  expect(drift.get('classifier')).toBeCloseTo(0.5, 6);
});

it('groups parameters by layer and kind', () => {
  expect(parameterGroup('bert.encoder.layer.11.output.LayerNorm.weight')).toBe('encoder.layer.11.output');
  expect(parameterGroup('bert.embeddings.word_embeddings.weight')).toBe('embeddings');
  expect(parameterGroup('bert.pooler.dense.bias')).toBe('pooler');
});
