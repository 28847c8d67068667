import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@rose/foundation';
import { temporaryFolder, tinyBert } from '@rose/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { catalogue, givenExperiment } from '../testing/given-experiment.js';
import { makePlan, selectRuns } from './plan.js';

const base = {
  title: 't',
  tasks: ['sst2'],
  models: ['use-lite'],
  variants: ['vanilla', 'rose-first'],
  seeds: [1, 2],
  suites: ['dev', 'textfooler'],
};
const plan = (change: object = {}) => makePlan(givenExperiment({ ...base, ...change }), catalogue);
const hashes = async (change: object = {}) => {
  const { runs } = await plan(change);
  return { runs, byId: new Map(runs.map((run) => [run.id, run])) };
};

describe('the plan', () => {
  it('has one run for each task, model, variant and seed, mini-GLUE under its own name', async () => {
    const { runs } = await hashes();
    expect(runs.map(({ id }) => id)).toEqual([
      'mini-sst2.use-lite.vanilla.seed1',
      'mini-sst2.use-lite.vanilla.seed2',
      'mini-sst2.use-lite.rose-first.seed1',
      'mini-sst2.use-lite.rose-first.seed2',
    ]);
    expect(new Set(runs.map(({ hash }) => hash)).size).toBe(4);
  });

  it('gives equal settings equal hashes and changes just those that a setting concerns', async () => {
    const before = await hashes();
    expect((await hashes()).runs).toEqual(before.runs);
    const vanilla = 'mini-sst2.use-lite.vanilla.seed1';
    const first = 'mini-sst2.use-lite.rose-first.seed1';

    const otherAttack = await hashes({ attack: { examples: 7 } });
    expect(otherAttack.byId.get(vanilla)?.trainingHash).toBe(before.byId.get(vanilla)?.trainingHash);
    expect(otherAttack.byId.get(vanilla)?.suiteHashes['dev']).toBe(before.byId.get(vanilla)?.suiteHashes['dev']);
    expect(otherAttack.byId.get(vanilla)?.suiteHashes['textfooler']).not.toBe(
      before.byId.get(vanilla)?.suiteHashes['textfooler'],
    );

    const otherRose = await hashes({ rose: { upper: 40 } });
    expect(otherRose.byId.get(vanilla)?.trainingHash).toBe(before.byId.get(vanilla)?.trainingHash);
    expect(otherRose.byId.get(first)?.trainingHash).not.toBe(before.byId.get(first)?.trainingHash);

    const otherGamma = await hashes({ rose: { gamma: 0.3 } });
    expect(otherGamma.byId.get(first)?.trainingHash).toBe(before.byId.get(first)?.trainingHash);

    const otherTraining = await hashes({ training: { epochs: 3 } });
    expect(otherTraining.byId.get(vanilla)?.trainingHash).not.toBe(before.byId.get(vanilla)?.trainingHash);
  });

  it('knows the results of older versions by the hash they had, where nothing else could be set', async () => {
    const [run] = (await hashes()).runs;
    expect(Object.keys(run?.formerHashes ?? {})).toEqual(['textfooler']);
    expect(run?.formerHashes?.['textfooler']).not.toBe(run?.suiteHashes['textfooler']);
    const formerOf = async (attack: object) => (await hashes({ attack })).runs[0]?.formerHashes;
    expect((await formerOf({ recipes: { textfooler: { maxCandidates: 7 } } }))?.['textfooler']).toBeDefined();
    expect(await formerOf({ recipes: { textfooler: { minWordCosine: 0.9 } } })).toBeUndefined();
  });

  it('trains again what a method concerns, and nothing else', async () => {
    const variants = ['vanilla', 'freelb', 'r-drop+child-tuning-d', 'freelb+rose-first', 'mixout', 'top-layers'];
    const given = { variants, topLayers: { layers: 2 } };
    const before = await hashes(given);
    const changed = async (change: object) => {
      const after = await hashes({ ...given, ...change });
      const differ = before.runs.filter(({ id, hash }) => after.byId.get(id)?.hash !== hash);
      return [...new Set(differ.map(({ variant }) => variant))];
    };
    expect(await changed({ freeLb: { steps: 4 } })).toEqual(['freelb', 'freelb+rose-first']);
    expect(await changed({ childTuning: { p: 0.2 } })).toEqual(['r-drop+child-tuning-d']);
    expect(await changed({ rDrop: { alpha: 1 } })).toEqual(['r-drop+child-tuning-d']);
    expect(await changed({ rose: { klDropout: 0.2 } })).toEqual(['freelb+rose-first']);
    expect(await changed({ mixout: { dropout: 0.1 } })).toEqual(['mixout']);
    expect(await changed({ topLayers: { layers: 1 } })).toEqual(['top-layers']);
    expect(await changed({ smart: { alpha: 2 } })).toEqual([]);
  });

  it('says of each run where the values come from that a file may leave open', async () => {
    const resolved = async (change: object) =>
      (await hashes(change)).byId.get(`mini-sst2.use-lite.rose-first.seed1`)?.resolved;
    expect(await resolved({})).toEqual({
      'training.learningRate': { value: 2e-5, from: 'default' },
      'rose.upper': { value: 60, from: 'default' },
    });
    expect(await resolved({ training: { learningRate: 1e-3 }, rose: { upper: 30 } })).toEqual({
      'training.learningRate': { value: 1e-3, from: 'experiment' },
      'rose.upper': { value: 30, from: 'experiment' },
    });
  });

  it.each([
    [{ variants: ['vanila'] }, 'vanilla'],
    [{ variants: ['vanilla+rose-frist'] }, 'rose-first'],
    [{ variants: ['rose-first+r3f'] }, "'r3f+rose-first'"],
    [{ variants: ['r3f+pgd'] }, 'one way only'],
    [{ variants: ['mixout+mixout'] }, 'twice'],
    [{ variants: ['mixout+rose-first', 'rose-first+mixout'] }, 'the same training'],
    [{ variants: ['rose-second', 'vanilla+rose-second'] }, 'the same training'],
    [{ variants: ['top-layers'] }, 'topLayers.layers'],
    [{ variants: ['smart+top-layers'], topLayers: { layers: 3 } }, 'from 0 to 2'],
    [{ variants: ['mixout'], mixout: { p: 1 } }, 'mixout.p'],
    [{ variants: ['child-tuning-d'], childTuning: { p: 0 } }, 'childTuning.p'],
    [{ variants: ['rose-ensemble'], rose: { gamma: 1.1 } }, 'rose.gamma'],
    [{ variants: ['freelb'], freeLb: { steps: 0 } }, 'freeLb.steps'],
    [{ variants: ['r-drop+mixout'] }, 'above 0'],
    [{ variants: ['rose-first'], rose: { klDropout: 0 } }, 'above 0'],
    [{ tasks: ['sst3'] }, 'sst2'],
    [{ models: ['use-lit'] }, 'use-lite'],
    [{ suites: ['textfoler'] }, 'textfooler'],
    [{ backend: { name: 'otr' } }, 'ort'],
    [{ rose: { upper: 10, lower: 20 } }, 'rose.lower'],
    [{ attack: { recipes: { textfooler: { maxCandidates: 0 } } } }, 'attack.recipes.textfooler.maxCandidates'],
    [{ data: { source: 'folder' } }, 'ROSE_DATA'],
    [{ data: { source: 'folder', hub: '/nowhere' }, suites: ['dev'] }, ''],
    [{ suites: ['dev', 'advglue'], data: { source: 'folder', hub: '/nowhere' } }, '/nowhere/data/hub'],
    [{ data: { augmentWith: ['/nowhere/outcomes.jsonl'] } }, '/nowhere/outcomes.jsonl'],
    [{ models: ['/nowhere/model'] }, '/nowhere/model'],
    [{ training: { maxLength: 129 } }, 'training.maxLength'],
    [{ suites: ['dev', 'dev'] }, 'suites'],
    [{ variants: ['vanilla', 'vanilla'] }, 'variants'],
    [{ models: ['use-lite', 'use-lite'] }, 'models'],
    [{ attack: { synonyms: 'counter-fitted' } }, 'ROSE_DATA'],
    [{ seeds: [1, 1] }, 'once'],
  ])('refuses %j before anything is trained', async (change, told) => {
    vi.stubEnv('ROSE_DATA', '/nowhere/data');
    onTestFinished(() => void vi.unstubAllEnvs());
    const attempt = async () => plan(change);
    const error = await attempt().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(InputError);
    const { message, where, hint } = error as InputError;
    expect([message, where, hint].join('\n')).toContain(told);
  });

  it('refuses methods that compare dropout passes on a model without dropout, unless they bring their own', async () => {
    const folder = await temporaryFolder();
    await cp(tinyBert, folder, { recursive: true });
    const file = path.join(folder, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8')) as object;
    const none = { hidden_dropout_prob: 0, attention_probs_dropout_prob: 0 };
    await writeFile(file, JSON.stringify({ ...config, ...none }));
    const on = (variants: string[]) => plan({ variants, models: [folder], training: { maxLength: 16 } });
    await expect(on(['r-drop'])).rejects.toMatchObject({
      option: 'models',
      message: expect.stringContaining('no dropout') as string,
    });
    expect((await on(['vanilla', 'r3f', 'rose-first', 'r-drop+rose-first'])).runs).toHaveLength(8);
  });

  it('says where a setting was given that it refuses', async () => {
    const placeOf = (path: readonly string[]) => ({ where: `mine.yaml, ${path.join(' > ')}` });
    const refused = (change: object) => makePlan({ ...givenExperiment({ ...base, ...change }), placeOf }, catalogue);
    await expect(refused({ rose: { upper: 10, lower: 20 } })).rejects.toMatchObject({
      where: 'mine.yaml, rose > lower',
    });
    await expect(refused({ tasks: ['rte'] })).rejects.toMatchObject({ where: 'mine.yaml, tasks' });
    // What has a place of its own keeps it.
    await expect(refused({ models: ['/nowhere/model'] })).rejects.toMatchObject({
      where: '/nowhere/model',
      option: 'models',
    });
  });

  it('selects runs by a glob, and refuses one that matches nothing', async () => {
    const { runs } = await hashes();
    expect(selectRuns(runs, '*.rose-*').map(({ seed }) => seed)).toEqual([1, 2]);
    expect(selectRuns(runs, undefined)).toHaveLength(4);
    expect(() => selectRuns(runs, '*.r3f.*')).toThrow(InputError);
  });
});
