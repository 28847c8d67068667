import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder, tinyBert, withConfig } from '@rose/testing';
import { expect, it } from 'vitest';
import { loadExperiment } from '../experiment/load-experiment.js';
import { makePlan } from '../experiment/plan.js';
import { writePlan } from '../experiment/plan-file.js';
import { RunFolder } from '../run/run-folder.js';
import { runPlanned } from '../run/run-planned.js';
import { catalogue } from '../testing/given-experiment.js';
import { attackVictim } from './attack-victim.js';

const { signal } = new AbortController();

/** The names of a base whose classes stand the other way round than the task's, as those of some models on the hub do. */
const turned = { id2label: { 0: 'POSITIVE', 1: 'NEGATIVE' }, label2id: { POSITIVE: 0, NEGATIVE: 1 } };

/** A run of mini-GLUE's sst2 on such a base. */
async function trainedRun(): Promise<RunFolder> {
  const [folder, out] = [await temporaryFolder(), await temporaryFolder()];
  const base = path.join(folder, 'base');
  await cp(tinyBert, base, { recursive: true });
  await withConfig(turned)(base);
  const file = path.join(folder, 'mine.yaml');
  await writeFile(
    file,
    `title: mine
tasks: [sst2]
models: [${base}]
variants: [vanilla]
seeds: [2]
suites: [dev]
data: {trainRows: 96, devRows: 40}
training: {epochs: 2, maxLength: 24, learningRate: 3.0e-3}
backend: {name: cpu}
`,
  );
  const plan = await makePlan(await loadExperiment({ experiment: file, folders: [], catalogue }), catalogue);
  await writePlan(out, plan);
  const id = plan.runs[0]?.id ?? '';
  expect(await runPlanned({ out, id, catalogue, threads: 1, signal, onProgress: () => undefined })).toBe('done');
  return RunFolder.of(out, id);
}

/** The accuracy that an attack finds before it changes anything, and what it says. */
async function attacked(victim: string, examples: number) {
  let said: readonly string[] = [];
  const { metrics } = await attackVictim({
    ...{ catalogue, victim, examples, recipe: 'deepwordbug', task: 'sst2', seed: 1, concurrency: 32, queryBudget: 2 },
    ...{ threads: 1, force: false, retryErrors: false, signal, out: await temporaryFolder() },
    set: ['attack.similarity=none', 'backend.name=cpu', 'victim.maxLength=24'],
    onOutcome: () => undefined,
    onBegin: ({ notes }) => void (said = notes),
  });
  return { accuracy: metrics.originalAccuracy, said };
}

it(
  'an attack on a run finds the accuracy of the run, whatever its base calls the classes',
  { timeout: 240_000 },
  async () => {
    const run = await trainedRun();
    const { training } = (await run.read()) ?? {};
    const { devExamples = 0, bestDevAccuracy = NaN } = training ?? {};
    // Otherwise it would be the same the other way round.
    expect(Math.abs(bestDevAccuracy - 0.5)).toBeGreaterThan(0.02);
    const config = JSON.parse(await readFile(path.join(run.checkpoint, 'config.json'), 'utf8')) as object;
    expect(config).toMatchObject({
      id2label: { 0: 'negative', 1: 'positive' },
      label2id: { negative: 0, positive: 1 },
    });
    for (const victim of [run.folder, run.checkpoint]) {
      expect(await attacked(victim, devExamples)).toEqual({ accuracy: expect.closeTo(bestDevAccuracy, 10), said: [] });
    }

    // A run of an older version has the names of its base.
    await withConfig(turned)(run.checkpoint);
    for (const victim of [run.folder, run.checkpoint, `encoder:${run.checkpoint}`]) {
      const { accuracy, said } = await attacked(victim, devExamples);
      expect(accuracy).toBeCloseTo(bestDevAccuracy, 10);
      expect(said).toEqual([expect.stringContaining('POSITIVE, NEGATIVE, are those of its base model')]);
    }

    // Of any other folder the names are what is known.
    const elsewhere = path.join(await temporaryFolder(), 'model');
    await cp(run.checkpoint, elsewhere, { recursive: true });
    expect((await attacked(elsewhere, devExamples)).accuracy).toBeCloseTo(1 - bestDevAccuracy, 10);
  },
);
