import { readdir } from 'node:fs/promises';
import { temporaryFolder } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { families } from './families.js';
import { loadClassifier } from '../load-classifier.js';
import { fixture } from '../testing/fixtures.js';

beforeAll(async () => void (await tf.setBackend('cpu')));

it('finds a family by the model type of config.json', () => {
  expect([...families.keys()]).toEqual([
    ...['bert', 'roberta', 'xlm-roberta', 'distilbert', 'electra', 'mpnet', 'deberta-v2', 'modernbert', 'use-lite'],
  ]);
  for (const [name, family] of families) {
    expect(family.name).toBe(name);
    expect(family.title).not.toBe('');
    expect(family.paper).toMatch(/ (19|20)\d\d/);
  }
});

it.each([
  ['bert', fixture('tiny-bert')],
  ['use-lite', 'use-lite'],
])('%s: a saved checkpoint has the files that the family says it needs', async (name, model) => {
  const family = families.get(name);
  const classifier = await loadClassifier({ model, classes: 2, seed: 1 });
  expect(classifier.family).toBe(name);
  const folder = await temporaryFolder();
  await classifier.saveTo(folder);
  expect(await readdir(folder)).toEqual(expect.arrayContaining([...(family?.files ?? ['missing'])]));
  expect(family?.embedded !== undefined).toBe(model === name);
  classifier.dispose();
});
