import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { bertArchitecture } from '../families/bert.js';
import { classificationHeadSpecs } from './classification-head.js';
import { parsePostNormConfig } from '../post-norm/config.js';
import { postNormSpecs } from '../post-norm/parameter-specs.js';
import { JsonObject } from '../files/json-object.js';
import { loadClassifier } from '../load-classifier.js';
import { partOf, roleOf } from './parameter-role.js';
import type { ParameterSpec } from './parameter-spec.js';
import { fixture } from '../testing/fixtures.js';
import { useLiteClassifierSpecs } from '../use-lite/architecture.js';

const bert = (pooling: 'cls' | 'mean') =>
  parsePostNormConfig(
    JsonObject.parse(
      JSON.stringify({
        ...{ num_hidden_layers: 12, hidden_size: 4, num_attention_heads: 1, intermediate_size: 8, vocab_size: 9 },
        classifier_pooling: pooling,
      }),
      'config.json',
    ),
  );

const encoderSpecs = postNormSpecs(bertArchitecture, bert('cls'));
const bertSpecs = (pooling: 'cls' | 'mean') => [
  ...encoderSpecs,
  ...classificationHeadSpecs(bertArchitecture.head, bert(pooling), 3),
];

const families: readonly (readonly [string, readonly ParameterSpec[]])[] = [
  ['BERT with a pooler', bertSpecs('cls')],
  ['BERT with mean pooling', bertSpecs('mean')],
  ['a bare BERT', encoderSpecs],
  ['USE-lite', useLiteClassifierSpecs(3)],
];

/** How each of these was told from a Hugging Face name before parameters had roles. */
const byName = {
  layer: (name: string) => {
    const index = /(?:^|\.)layer\.(\d+)\./.exec(name)?.[1];
    return index === undefined ? undefined : Number(index);
  },
  embeddings: (name: string) => /(^|\.)embeddings\./.test(name),
  tokenTable: (name: string) => /\bembeddings\.word(_embeddings)?\.weight$/.test(name),
  linearWeight: (name: string, shape: readonly number[]) =>
    shape.length === 2 && name.endsWith('.weight') && !/(^|\.)embeddings\./.test(name),
  norm: (name: string) => /LayerNorm|\.norm\./.test(name),
  headWeight: (name: string) => name === 'classifier.weight',
  pooler: (name: string) => name.includes('.pooler.'),
  attention: (name: string) => name.includes('.attention.'),
};

describe.each(families)('the roles of %s', (_, specs) => {
  it('say what the names say', () => {
    for (const { name, shape, role } of specs) {
      expect(role.layer, name).toBe(byName.layer(name));
      expect(partOf(role) === 'embeddings', name).toBe(byName.embeddings(name));
      expect(role.kind === 'token-embeddings', name).toBe(byName.tokenTable(name));
      expect(role.role === 'weight', name).toBe(byName.linearWeight(name, shape));
      expect(['scale', 'shift'].includes(role.role), name).toBe(byName.norm(name));
      expect(role.kind.endsWith('norm'), name).toBe(byName.norm(name));
      expect(['bias', 'shift'].includes(role.role), name).toBe(name.endsWith('.bias'));
      expect(role.kind === 'head' && role.role === 'weight', name).toBe(byName.headWeight(name));
      expect(role.kind === 'pooler', name).toBe(byName.pooler(name));
      expect(partOf(role) === 'attention', name).toBe(byName.attention(name));
    }
  });

  it('tell every parameter from every other, by kind and role and by label', () => {
    const places = specs.map(({ role: { layer, kind, role } }) => `${layer} ${kind} ${role}`);
    expect(new Set(places).size).toBe(specs.length);
    const labels = specs.map(({ role: { layer, block, label } }) => `${layer ?? block} ${label}`);
    expect(new Set(labels).size).toBe(specs.length);
  });

  it('have the shapes that their roles stand for', () => {
    for (const { name, shape, role } of specs) {
      expect(shape.length, name).toBe(role.role === 'weight' || role.role === 'table' ? 2 : 1);
    }
  });
});

describe('a loaded classifier', () => {
  beforeAll(async () => void (await tf.setBackend('cpu')));

  it.each([fixture('tiny-bert'), 'use-lite'])(
    'has a role for each of its parameters, in their order: %s',
    async (model) => {
      const classifier = await loadClassifier({ model, classes: 2, seed: 1, maxLength: 16 });
      expect([...classifier.roles.keys()]).toEqual([...classifier.parameters.keys()]);
      expect(roleOf(classifier.roles, 'classifier.bias')).toEqual({
        ...{ kind: 'head', role: 'bias', block: 'classifier', label: 'bias' },
      });
      expect(() => roleOf(classifier.roles, 'classifier')).toThrow("no parameter 'classifier'");
      classifier.dispose();
    },
  );
});
