import { expect, it } from 'vitest';
import { findPublishedSettings } from './published-settings.js';

it('has what the authors published for a task and size, and nothing for any other', () => {
  const ensemble = { selection: 'rose-ensemble', size: 'base', task: 'sst2' };
  expect(findPublishedSettings(ensemble)).toEqual({ learningRate: 5e-5, upper: 40 });
  expect(findPublishedSettings({ selection: 'rose-second', size: 'large', task: 'rte' })).toEqual({
    learningRate: 2e-5,
    upper: 50,
  });
  for (const other of [{ task: 'mrpc' }, { size: 'tiny' }, { size: undefined }, { selection: 'toString' }]) {
    expect(findPublishedSettings({ ...ensemble, ...other })).toBeUndefined();
  }
});
