import { type ParameterRole, loadClassifier } from '@rose/encoders';
import { tinyBert } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { digestMasks, maskShares } from './mask-shares.js';

async function rolesOf(model: string): Promise<ReadonlyMap<string, ParameterRole>> {
  const classifier = await loadClassifier({ model, classes: 2, seed: 1, maxLength: 16 });
  classifier.dispose();
  return classifier.roles;
}

beforeAll(async () => void (await tf.setBackend('cpu')));

it('sums masks up by layer and kind of weight, whatever the family calls them', async () => {
  const roles = new Map([...(await rolesOf(tinyBert)), ...(await rolesOf('use-lite'))]);
  const shares = maskShares(
    new Map<string, number | Float32Array>([
      ['bert.encoder.layer.0.attention.self.query.weight', 1],
      ['bert.encoder.layer.0.attention.output.dense.weight', Float32Array.from([1, 0, 0])],
      ['bert.encoder.layer.0.attention.output.LayerNorm.weight', 0],
      ['bert.encoder.layer.0.output.dense.bias', 0.25],
      ['bert.encoder.layer.1.output.dense.weight', 0.5],
      ['use.encoder.layer.1.attention.qkv.weight', 0],
      ['bert.embeddings.word_embeddings.weight', 0.3],
      ['bert.embeddings.LayerNorm.bias', 1],
      ['bert.pooler.dense.weight', 1],
      ['classifier.weight', 1],
      ['classifier.bias', 0],
    ]),
  );
  expect(digestMasks(shares, roles)).toEqual({
    'encoder.layer.0': {
      query: 1,
      'attention.output': 0.3333,
      'attention.output.LayerNorm': 0,
      'output.bias': 0.25,
    },
    'encoder.layer.1': { output: 0.5, 'attention.qkv': 0 },
    embeddings: { word_embeddings: 0.3, 'LayerNorm.bias': 1 },
    pooler: { dense: 1 },
    classifier: { weight: 1, bias: 0 },
  });
});

/** The words of published logs, which were cut out of Hugging Face names. */
function wordsByName(parameter: string): readonly [group: string, label: string] {
  const outsideLayers = () => /^(?:[^.]+\.(?=[^.]+\.[^.]+))?([^.]+)\.(.+)$/.exec(parameter) ?? [];
  const [, group, within] = /(?:^|\.)((?:encoder\.)?layer\.\d+)\.(.+)$/.exec(parameter) ?? outsideLayers();
  const label = (within ?? '')
    .replace(/^attention\.self\./, '')
    .replace(/(.)\.weight$/, '$1')
    .replace(/(.)\.dense(?=\.bias$|$)/, '$1');
  return [group ?? parameter, label];
}

it.each([tinyBert, 'use-lite'])('has the words of published logs for every parameter: %s', async (model) => {
  const roles = await rolesOf(model);
  for (const name of roles.keys()) {
    const [group, label] = wordsByName(name);
    expect(digestMasks(new Map([[name, 1]]), roles), name).toEqual({ [group]: { [label]: 1 } });
  }
});
