import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { temporaryFile, temporaryFolder } from '@rose/testing';
import { catalogue } from '../testing/given-experiment.js';
import { listExperiments, loadExperiment } from './load-experiment.js';

const minimal = 'title: t\ntasks: [sst2]\nmodels: [use-lite]\nvariants: [vanilla]\nseeds: [1]\n';

async function load(yaml: string, set: string[] = []) {
  const file = await temporaryFile('mine.yaml', yaml);
  return loadExperiment({ experiment: file, set, folders: [], catalogue });
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
    expect(experiment.data.source).toBe('embedded');
  });

  it('takes overrides in order, as YAML values', async () => {
    const set = ['training.epochs=3', 'seeds=[1, 2]', 'rose.upper=40', 'rose.upper=50'];
    const { experiment } = await load(minimal.replace('vanilla', 'rose-first'), set);
    expect(experiment.training.epochs).toBe(3);
    expect(experiment.seeds).toEqual([1, 2]);
    expect(experiment['rose']).toEqual({ upper: 50, lower: 0, granularity: 'tensor', klDropout: 0.1 });
  });

  it('refuses unknown keys, in the file and in overrides, with the nearest known one', async () => {
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
    const named = (experiment: string, folders: string[] = []) => loadExperiment({ experiment, folders, catalogue });
    expect((await mistake(named('/nowhere/x.yaml'))).where).toBe('/nowhere/x.yaml');
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'quickstart.yaml'), minimal);
    const error = await mistake(named('quickstrat', ['/nowhere', folder]));
    expect(error.message).toContain('quickstrat');
    expect(error.hint).toBe("Did you mean 'quickstart'?");
    expect(await listExperiments(['/nowhere', folder])).toEqual(['quickstart']);
    expect((await named('quickstart', ['/nowhere', folder])).name).toBe('quickstart');
  });

  it.each(['', 'just words\n', '- a\n- b\n'])('refuses a file without settings: %j', async (yaml) => {
    expect((await mistake(load(yaml))).message).toBe('The experiment holds no settings.');
  });
});

describe('a setting that acts on nothing', () => {
  const withVariants = (...variants: string[]) => minimal.replace('[vanilla]', `[${variants.join(', ')}]`);
  const attacked = `${minimal}suites: [dev, pwws]\n`;

  it.each([
    [`${minimal}rose: {upper: 40}\n`, 'rose.upper', 'rose-first, rose-second, rose-ensemble'],
    [`${withVariants('rose-first')}rose: {gamma: 0.3}\n`, 'rose.gamma', 'rose-ensemble'],
    [`${withVariants('rose-second')}rose: {klDropout: 0.3}\n`, 'rose.klDropout', 'rose-first, rose-ensemble'],
    [`${withVariants('r3f')}freeLb: {steps: 2}\n`, 'freeLb.steps', 'freelb'],
    [`${withVariants('rose-ensemble+mixout')}mixout: {dropout: 0.2}\n`, 'mixout.dropout', 'mixout'],
    [`${minimal}attack: {examples: 3}\n`, 'attack.examples', 'textfooler'],
    [`${attacked}attack: {similarity: none}\n`, 'attack.similarity', 'textfooler'],
    [`${attacked}attack: {counterFitted: x.json}\n`, 'attack.counterFitted', 'synonyms: counter-fitted'],
    [`${attacked}attack: {recipes: {textfooler: {maxCandidates: 5}}}\n`, 'attack.recipes.textfooler.maxCandidates', ''],
    [`${minimal}data: {hub: somewhere}\n`, 'data.hub', 'source: folder'],
  ])('is refused, and what has use for it is named: %s', async (yaml, option, servants) => {
    const error = await mistake(load(yaml));
    expect(error.option).toBe(option);
    expect(error.message).toContain('has no use here');
    expect(error.hint).toContain(servants);
  });

  it('is refused in an override too, whatever the file says', async () => {
    expect((await mistake(load(minimal, ['rose.upper=40']))).option).toBe('rose.upper');
    const file = `${withVariants('vanilla', 'rose-first')}rose: {upper: 40}\n`;
    expect((await mistake(load(file, ['variants=[vanilla]', 'rose.upper=50']))).option).toBe('rose.upper');
  });

  it('of the file is left out, and said so, where an override has taken away what it acts on', async () => {
    const file = `${withVariants('vanilla', 'rose-first')}rose: {upper: 40}\nsuites: [dev, textfooler]\nattack: {examples: 3}\n`;
    expect((await load(file)).notes).toEqual([]);
    const { experiment, given, notes } = await load(file, ['variants=[vanilla]', 'suites=[dev]']);
    expect(notes).toEqual([
      expect.stringMatching(/^rose\.upper of .*mine\.yaml is left out: no variant takes it \(vanilla\)\.$/),
      expect.stringMatching(/^attack\.examples of .* is left out: no suite is an attack\.$/),
    ]);
    expect(experiment['rose']).toBeUndefined();
    expect(given['rose']).toEqual({});
  });

  it('is not recorded: only sections in use are', async () => {
    const { experiment } = await load(`${withVariants('r3f+rose-second')}suites: [dev, pwws]\n`);
    expect(experiment['r3f']).toEqual({ lambda: 1, epsilon: 1e-5, noise: 'uniform' });
    expect(experiment['rose']).toEqual({ upper: 60, lower: 0, granularity: 'tensor', ratio: 'released' });
    expect(Object.keys(experiment).sort()).toEqual([
      'attack',
      'backend',
      'data',
      'models',
      'r3f',
      'rose',
      'seeds',
      'suites',
      'tasks',
      'title',
      'training',
      'variants',
    ]);
    expect(Object.keys(experiment.attack).sort()).toEqual(['examples', 'recipes', 'synonyms']);
  });

  it('of a recipe reaches it by its name', async () => {
    const { experiment } = await load(attacked.replace('pwws', 'textfooler'), [
      'attack.recipes.textfooler.maxCandidates=7',
    ]);
    expect(experiment.attack.recipes?.['textfooler']?.['maxCandidates']).toBe(7);
    const error = await mistake(load(attacked, ['attack.maxCandidates=7']));
    expect(error.hint).toContain('attack.recipes.textfooler.maxCandidates');
  });
});
