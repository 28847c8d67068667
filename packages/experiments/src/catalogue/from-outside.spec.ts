import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defineRecipe } from '@rose/attacks';
import {
  deleteCharacter,
  greedySearch,
  misspell,
  repeatModification,
  untargetedClassification,
} from '@rose/attacks/parts';
import { crossEntropy, defineObjective, defineSelection, adamW } from '@rose/fine-tuning';
import { defineTask } from '@rose/glue';
import { temporaryFolder, tinyBert } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { makeCatalogue, standardParts } from './catalogue.js';
import { loadExperiment } from '../experiment/load-experiment.js';
import { makePlan } from '../experiment/plan.js';
import { listingsOf } from './listings.js';
import { RunFolder } from '../run/run-folder.js';
import { runPlanned } from '../run/run-planned.js';
import { writePlan } from '../experiment/plan-file.js';

// What somebody adds: one objective, one selection, one recipe, one task, each a few lines, none in our packages.

const smoothed = defineObjective({
  name: 'label-smoothing',
  title: 'Cross-entropy against softened labels',
  section: 'labelSmoothing',
  settings: z.strictObject({
    epsilon: z.number().min(0).lt(1).default(0.1).describe('ε, the mass spread over all classes'),
  }),
  cost: () => 1,
  create: ({ epsilon }) => ({
    gradients(context) {
      const soft = tf.add(tf.mul(context.targets, 1 - epsilon), epsilon / context.model.classes) as tf.Tensor2D;
      const { value, gradients } = context.gradientsOf(() => crossEntropy(context.dropoutPass(), soft));
      return { loss: value, gradients };
    },
  }),
});

const biasesOnly = defineSelection({
  name: 'bitfit',
  title: 'Trains biases alone, with the head',
  paper: 'Ben Zaken et al. 2022, arXiv:2106.10199',
  settings: z.strictObject({}),
  objective: 'vanilla',
  create: () => ({ rule: adamW, trains: (name) => name.endsWith('bias') || name.startsWith('classifier') }),
});

const typos = defineRecipe({
  name: 'typos',
  title: 'Typos',
  settings: z.strictObject({ positions: z.enum(['one', 'all']).default('one').describe('Letters tried in a word') }),
  wire: (_, { positions }) => ({
    goal: untargetedClassification,
    transformation: misspell(deleteCharacter, { positions }),
    wordConstraints: [repeatModification],
    constraints: [],
    search: greedySearch,
  }),
});

const mood = defineTask({ name: 'sst2-mood', title: 'Mood', columns: ['sentence'], labels: ['low', 'high'] });

const catalogue = makeCatalogue({
  ...standardParts,
  methods: [...standardParts.methods, smoothed, biasesOnly],
  recipes: [...standardParts.recipes, typos],
  tasks: [...standardParts.tasks, mood],
});

async function load(set: readonly string[] = []) {
  const file = path.join(await temporaryFolder(), 'mine.yaml');
  await writeFile(
    file,
    `title: mine
tasks: [sst2]
models: [${tinyBert}]
variants: [label-smoothing+bitfit]
seeds: [1]
suites: [dev, typos]
data: {trainRows: 16, devRows: 16}
training: {epochs: 1, maxLength: 16, learningRate: 1.0e-3}
labelSmoothing: {epsilon: 0.2}
attack: {examples: 4, recipes: {typos: {positions: all}}}
backend: {name: cpu}
`,
  );
  return loadExperiment({ experiment: file, set, folders: [], catalogue });
}

it('a method, a recipe and a task from outside are planned, hashed, listed and refused like ours', async () => {
  const loaded = await load();
  const [run] = (await makePlan(loaded, catalogue)).runs;
  const [other] = (await makePlan(await load(['labelSmoothing.epsilon=0.3']), catalogue)).runs;
  expect(run?.id).toBe('mini-sst2.tiny-bert.label-smoothing+bitfit.seed1');
  expect(run?.trainingHash).not.toBe(other?.trainingHash);
  const [attacked] = (await makePlan(await load(['attack.recipes.typos.positions=one']), catalogue)).runs;
  expect(attacked?.trainingHash).toBe(run?.trainingHash);
  expect(attacked?.suiteHashes['typos']).not.toBe(run?.suiteHashes['typos']);

  await expect(load(['labelSmoothing.epsilon=1'])).rejects.toThrow(
    /'labelSmoothing.epsilon' is 1; it must be less than 1/,
  );
  await expect(load(['labelSmoothing.epslon=0'])).rejects.toMatchObject({
    hint: "Did you mean 'labelSmoothing.epsilon'?",
  });
  await expect(load(['variants=[vanilla]', 'labelSmoothing.epsilon=0.2'])).rejects.toMatchObject({
    hint: expect.stringContaining('It is a setting of label-smoothing') as string,
  });
  await expect(load(['variants=[bitfitt]'])).rejects.toMatchObject({ hint: "Did you mean 'bitfit'?" });

  const names = (kind: 'methods' | 'recipes' | 'tasks' | 'suites') =>
    listingsOf(kind, catalogue).map(({ name }) => name);
  expect(names('methods')).toEqual(expect.arrayContaining(['label-smoothing', 'bitfit']));
  expect(names('recipes')).toContain('typos');
  expect(names('suites')).toContain('typos');
  expect(names('tasks')).toContain('sst2-mood');
  expect(listingsOf('methods', catalogue).find(({ name }) => name === 'label-smoothing')?.settings).toEqual([
    {
      name: 'labelSmoothing.epsilon',
      range: 'number, ≥ 0, < 1',
      default: '0.1',
      description: 'ε, the mass spread over all classes',
    },
  ]);
});

it('and run: trained, scored, attacked, recorded', { timeout: 120_000 }, async () => {
  const out = await temporaryFolder();
  const plan = await makePlan(await load(), catalogue);
  await writePlan(out, plan);
  const [run] = plan.runs;
  const id = run?.id ?? '';
  const state = await runPlanned({
    ...{ out, id, catalogue, threads: 1 },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const record = await RunFolder.of(out, id).read();
  expect([state, record?.error]).toEqual(['done', undefined]);
  expect(record?.suites['typos']).toMatchObject({ examples: 4, details: { settings: { positions: 'all' } } });
  // BitFit: the embeddings and every other weight stay where they were.
  expect(record?.training?.drift['embeddings']).toBeLessThan(record?.training?.drift['classifier'] ?? 0);
  const lines = await readFile(path.join(out, 'runs', id, 'suites/typos.jsonl'), 'utf8');
  expect(lines.trim().split('\n')).toHaveLength(4);
});

it('a name that is taken is refused when the catalogue is made', () => {
  const twice = { ...standardParts, methods: [...standardParts.methods, { ...smoothed, name: 'r3f' }] };
  expect(() => makeCatalogue(twice)).toThrow("Two are called 'r3f'.");
  const section = defineObjective({ ...smoothed, section: 'training' });
  expect(() => makeCatalogue({ ...standardParts, methods: [...standardParts.methods, section] })).toThrow(/'training'/);
});
