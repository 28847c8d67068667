import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { outlineModel } from './outline-model.js';
import { fixture } from './testing/fixtures.js';
import { temporaryFolder } from '@rose/testing';

it('knows what a model is without its weights', async () => {
  expect(await outlineModel('use-lite')).toEqual({
    family: 'use-lite',
    mostTokens: 128,
    layers: 2,
    dropoutRate: 0.1,
    poolings: [],
  });
  expect(await outlineModel(fixture('tiny-bert'))).toEqual({
    family: 'bert',
    mostTokens: 40,
    layers: 2,
    dropoutRate: 0.1,
    poolings: ['cls', 'mean'],
  });
});

it('refuses what loading would refuse', async () => {
  await expect(outlineModel('use-lit')).rejects.toMatchObject({ option: 'model', hint: 'Did you mean "use-lite"?' });
  await expect(outlineModel('/no/such/folder')).rejects.toMatchObject({ option: 'model', where: '/no/such/folder' });
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'config.json'), '{"model_type": "gpt2"}');
  await expect(outlineModel(folder)).rejects.toMatchObject({
    option: 'model',
    message: 'Models of type "gpt2" are not supported.',
  });
});
