import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishedSize } from './published-size.js';
import { temporaryFolder } from '@rose/testing';
import { applySettings, resolveSettings } from './resolve-settings.js';
import { catalogue, givenExperiment } from '../testing/given-experiment.js';

const resolve = (of: { variant: string; task: string; size: string | undefined }, change: object = {}) => {
  const { experiment, given } = givenExperiment({ tasks: ['rte'], variants: [of.variant], ...change });
  return { experiment, resolved: resolveSettings({ experiment, given, methods: catalogue.methods, of }) };
};

describe('settings that a file leaves open', () => {
  const ensemble = { variant: 'rose-ensemble', task: 'rte', size: 'large' };
  const published = 'published: rose-ensemble, RoBERTa-large, rte';

  it('are those that were published for the variant, task and model', () => {
    const { experiment, resolved } = resolve(ensemble);
    expect(resolved).toEqual({
      'training.learningRate': { value: 1e-5, from: published },
      'rose.upper': { value: 85, from: published },
    });
    const applied = applySettings(experiment, resolved);
    expect(applied.training.learningRate).toBe(1e-5);
    expect(applied['rose']).toMatchObject({ upper: 85, gamma: 0.5 });
  });

  it('are not, where the file says otherwise', () => {
    expect(resolve(ensemble, { training: { learningRate: 2e-5 } }).resolved).toEqual({
      'training.learningRate': { value: 2e-5, from: 'experiment' },
      'rose.upper': { value: 85, from: published },
    });
  });

  it.each([
    { variant: 'r3f+rose-ensemble' },
    { variant: 'rose-ensemble+mixout' },
    { task: 'mrpc' },
    { size: undefined },
  ])('are our defaults for another variant, task or model: %j', (other) => {
    expect(resolve({ ...ensemble, ...other }).resolved).toEqual({
      'training.learningRate': { value: 2e-5, from: 'default' },
      'rose.upper': { value: 60, from: 'default' },
    });
  });

  it('are no settings of methods that the variant does not have', () => {
    const { resolved } = resolve({ ...ensemble, variant: 'vanilla' });
    expect(resolved).toEqual({ 'training.learningRate': { value: 2e-5, from: 'default' } });
  });
});

it.each([
  [{ model_type: 'roberta', num_hidden_layers: 12, hidden_size: 768 }, 'base'],
  [{ model_type: 'roberta', num_hidden_layers: 24, hidden_size: 1024 }, 'large'],
  [{ model_type: 'bert', num_hidden_layers: 12, hidden_size: 768 }, undefined],
  [{ model_type: 'roberta', num_hidden_layers: 6, hidden_size: 768 }, undefined],
])('knows the size of the model in a folder: %j', async (config, size) => {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
  expect(await publishedSize(folder)).toBe(size);
});
