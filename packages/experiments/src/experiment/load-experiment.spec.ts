import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { temporaryFile, temporaryFolder } from '@rose/testing';
import { catalogue } from '../testing/given-experiment.js';
import { listExperiments } from './experiment-file.js';
import { loadExperiment } from './load-experiment.js';

const minimal = 'title: t\ntasks: [sst2]\nmodels: [use-lite]\nvariants: [vanilla]\nseeds: [1]\n';

async function load(yaml: string, set: string[] = []) {
  const file = await temporaryFile('mine.yaml', yaml);
  return loadExperiment({ experiment: file, set, folders: [], catalogue });
}

/** A folder that says it holds a BERT; no weights are needed to know that much. */
async function tinyFolder(type: string): Promise<string> {
  const folder = await temporaryFolder();
  const sizes = { hidden_size: 8, num_attention_heads: 2, num_hidden_layers: 1, intermediate_size: 8, vocab_size: 9 };
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ model_type: type, ...sizes }));
  return folder;
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
    expect(inFile.where).toMatch(/mine\.yaml:7$/);
    const overridden = await mistake(load(minimal, ['rose.uper=3']));
    expect(overridden.hint).toContain("'rose.upper'");
    expect(overridden).toMatchObject({ where: 'rose.uper=3', option: 'set' });
    expect((await mistake(load(minimal, ['trainning.epochs=3']))).hint).toContain("'training'");
    expect((await mistake(load(minimal, ['epochs']))).hint).toContain('KEY=VALUE');
  });

  it('says in which line broken YAML breaks', async () => {
    const error = await mistake(load(`${minimal}training: {epochs: 3\n`));
    expect(error.where).toMatch(/mine\.yaml:\d+$/);
  });

  it.each([
    ['training:\n  epochs: 0\n', 'training.epochs', 7],
    ['training:\n  beta1: 0.9\n  learningRate: fast\n', 'training.learningRate', 8],
    ['data:\n  source: web\n', 'data.source', 7],
    ['data: 3\n', 'data', 6],
    ['data: [3]\n', 'data', 6],
    ['data:\n', 'data', 6],
    ['data: 2024-01-01\n', 'data', 6],
    ['attack:\n  recipes:\n    pwws: 3\n', 'attack.recipes.pwws', 8],
    ['attack:\n  recipes:\n    pwws:\n      maxCandidates: .inf\n', 'attack.recipes.pwws.maxCandidates', 9],
    ['rose: &rose {upper: many}\n', 'rose.upper', 6],
    ['description: [1, 2]\n', 'description', 6],
  ])('refuses a wrong value, and names its key and its line: %s', async (more, key, line) => {
    const error = await mistake(load(minimal + more));
    expect(error.message).toContain(`'${key}'`);
    expect(error.where).toMatch(new RegExp(`mine\\.yaml:${line}$`));
    expect(error.hint).toMatch(/^(It takes|Below it): /);
  });

  it.each([
    ['training: *later\n', 'Unresolved alias'],
    ['training: {epochs: 1, epochs: 2}\n', 'unique'],
    [`seeds: [1]\n`, 'unique'],
    ['--- \ntitle: second\n', 'documents'],
    [`x: ${'['.repeat(100_000)}\n`, 'call stack'],
    [
      `x: &a [1,1,1,1,1,1,1,1,1]\ny: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nz: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nw: [*c,*c,*c,*c,*c,*c,*c]\n`,
      'alias',
    ],
  ])('refuses YAML that means nothing: %.40s', async (more, why) => {
    const error = await mistake(load(minimal + more));
    expect(error.message).toContain('not valid YAML');
    expect(error.message).toContain(why);
    expect(error.where).toContain('mine.yaml');
  });

  it.each([
    ['a'],
    ['=3'],
    ['.training=3'],
    ['training..epochs=3'],
    ['training.=3'],
    [''],
    ['training.epochs=[1'],
    ['training=*x'],
    ['training.epochs=3: 4: 5'],
  ])('refuses an override that says nothing: %j', async (override) => {
    const error = await mistake(load(minimal, [override]));
    expect(error.option).toBe('set');
    expect(error.hint).toContain('KEY=VALUE');
  });

  it.each([
    ['training.epochs=3.5', 'a whole number'],
    ['training.epochs.first=3', "'training.epochs' has no settings below it"],
    ['training=3', 'a section'],
    ['training={epoch: 3}', "'training.epochs'"],
    ['constructor.x=3', "no setting 'constructor'"],
    ['__proto__={}', "no setting '__proto__'"],
    ['seeds=&a [*a]', 'holds itself'],
    ['suites=[textfoler]', "'textfooler'"],
    ['variants=[rose-frist]', "'rose-first'"],
  ])('says of the override %s that it was that', async (override, told) => {
    const error = await mistake(load(minimal, ['title=x', override]));
    expect(error).toMatchObject({ where: override, option: 'set' });
    expect(`${error.message} ${error.hint}`).toContain(told);
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
    [`${minimal}data: {source: folder, advGlue: somewhere}\n`, 'data.advGlue', 'advglue'],
    [`${minimal}training: {pooling: mean}\n`, 'training.pooling', 'bert'],
    [
      `${attacked.replace('pwws', 'textfooler')}attack: {recipes: {textfooler: {minWordCosine: 0.6}}}\n`,
      'attack.recipes.textfooler.minWordCosine',
      '',
    ],
    [
      `${attacked.replace('pwws', 'textfooler')}attack: {similarity: none, recipes: {textfooler: {window: 5}}}\n`,
      'attack.recipes.textfooler.window',
      '',
    ],
    [`${attacked}attack: {recipes: {pwws: {maxNames: 5}}}\n`, 'attack.recipes.pwws.maxNames', ''],
  ])('is refused, and what has use for it is named: %s', async (yaml, option, servants) => {
    const error = await mistake(load(yaml));
    expect(error.option).toBe(option);
    expect(error.message).toContain('has no use here');
    expect(error.hint).toContain(servants);
  });

  it.each([
    [{ counterFitted: 'words.txt', synonyms: 'counter-fitted', recipes: { textfooler: { minWordCosine: 0.6 } } }],
    [{ recipes: { textfooler: { window: 5 } } }],
    [{ recipes: { pwws: { namedEntities: true, maxNames: 5 } } }],
  ])('is none where the resources and settings beside it give it something to act on: %j', async (attack) => {
    const more = `suites: [textfooler, pwws]\nattack: ${JSON.stringify(attack)}\n`;
    expect((await load(minimal + more)).given['attack']).toEqual(attack);
  });

  it('is none where one of several models has use for it', async () => {
    const [first, second] = [await tinyFolder('bert'), 'use-lite'];
    const file = minimal.replace('[use-lite]', `[${first}, ${second}]`);
    expect((await load(`${file}training: {pooling: mean, maxLength: 16}\n`)).experiment.training.pooling).toBe('mean');
  });

  it('is refused in an override too, whatever the file says', async () => {
    expect(await mistake(load(minimal, ['rose.upper=40']))).toMatchObject({ option: 'set', where: 'rose.upper=40' });
    const file = `${withVariants('vanilla', 'rose-first')}rose: {upper: 40}\n`;
    const error = await mistake(load(file, ['variants=[vanilla]', 'rose.upper=50']));
    expect(error).toMatchObject({ option: 'set', where: 'rose.upper=50' });
    expect(error.message).toContain("'rose.upper' has no use here");
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
