import { type ParameterRole, loadClassifier } from '@rose/encoders';
import { tinyBert } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { parameterGroup, relativeDrift } from './relative-drift.js';

async function rolesOf(model: string): Promise<ReadonlyMap<string, ParameterRole>> {
  const classifier = await loadClassifier({ model, classes: 2, seed: 1, maxLength: 16 });
  classifier.dispose();
  return classifier.roles;
}

beforeAll(async () => void (await tf.setBackend('cpu')));

it('measures how far each group moved, relative to where it began', async () => {
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
  const drift = relativeDrift(before, after, await rolesOf(tinyBert));
  expect([...drift.keys()]).toEqual(['encoder.layer.0.attention', 'classifier']);
  expect(drift.get('encoder.layer.0.attention')).toBeCloseTo(1, 6);
  expect(drift.get('classifier')).toBeCloseTo(0.5, 6);
});

/** The groups of published results, which were cut out of Hugging Face names. */
function groupByName(name: string): string {
  const layer = /layer\.\d+\.[^.]+/.exec(name);
  if (layer) return `encoder.${layer[0]}`;
  return /embeddings|pooler|classifier/.exec(name)?.[0] ?? name;
}

it.each([tinyBert, 'use-lite'])('groups parameters by layer and block, as published results do: %s', async (model) => {
  for (const [name, role] of await rolesOf(model)) expect(parameterGroup(role), name).toBe(groupByName(name));
});
