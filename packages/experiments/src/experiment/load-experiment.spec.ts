import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '@rose/testing';
import { loadExperiment } from './load-experiment.js';

const minimal = 'title: t\ntasks: [sst2]\nmodels: [use-lite]\nvariants: [vanilla]\nseeds: [1]\n';

async function load(yaml: string, overrides: string[] = []) {
  const file = path.join(await temporaryFolder(), 'mine.yaml');
  await writeFile(file, yaml);
  return loadExperiment(file, overrides);
}

async function mistake(promise: Promise<unknown>): Promise<InputError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error(`Expected an InputError, got ${String(error)}`);
  return error;
}

describe('an experiment file', () => {
  it('gets the defaults of the released code where it is silent', async () => {
    const { name, experiment } = await load(minimal);
    expect(name).toBe('mine');
    expect(experiment.training).toMatchObject({
      epochs: 10,
      batchSize: 32,
      beta2: 0.98,
      epsilon: 1e-6,
      weightDecay: 0.01,
      warmupShare: 0,
    });
    expect(experiment.rose).toMatchObject({ lower: 0, gamma: 0.5, klDropout: 0.1 });
    expect(experiment.data.source).toBe('embedded');
  });

  it('takes overrides in order, as YAML values', async () => {
    const set = ['training.epochs=3', 'seeds=[1, 2]', 'rose.upper=40', 'rose.upper=50'];
    const { experiment } = await load(minimal, set);
    expect(experiment.training.epochs).toBe(3);
    expect(experiment.seeds).toEqual([1, 2]);
    expect(experiment.rose.upper).toBe(50);
  });

  it('refuses unknown keys, in the file and in --set, with the nearest known one', async () => {
    const inFile = await mistake(load(`${minimal}training:\n  epoch: 3\n`));
    expect(inFile.message).toContain("'training.epoch'");
    expect(inFile.hint).toContain("'training.epochs'");
    expect(inFile.where).toContain('mine.yaml');
    expect((await mistake(load(minimal, ['rose.uper=3']))).hint).toContain("'rose.upper'");
    expect((await mistake(load(minimal, ['trainning.epochs=3']))).hint).toContain("'training'");
    expect((await mistake(load(minimal, ['epochs']))).hint).toContain('KEY=VALUE');
  });

  it('says in which line broken YAML breaks', async () => {
    const error = await mistake(load(`${minimal}training: {epochs: 3\n`));
    expect(error.where).toMatch(/mine\.yaml:\d+$/);
  });

  it.each([
    ['training:\n  epochs: 0\n', 'training.epochs'],
    ['training:\n  learningRate: fast\n', 'training.learningRate'],
    ['data:\n  source: web\n', 'data.source'],
  ])('refuses a wrong value and names its key: %s', async (more, key) => {
    expect((await mistake(load(minimal + more))).message).toContain(`'${key}'`);
  });

  it('refuses a file that is not there and a name that is not known', async () => {
    expect((await mistake(loadExperiment('/nowhere/x.yaml'))).where).toBe('/nowhere/x.yaml');
    expect((await mistake(loadExperiment('quickstrat'))).message).toContain('quickstrat');
  });
});
