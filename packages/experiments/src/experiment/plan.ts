import { findBackend } from '@rose/backends';
import { modelFingerprint, modelLabel } from '@rose/encoders';
import { type ModelOutline, checkModel, outlineModel } from '@rose/encoders/internal';
import { InputError, contentHash, nearestName, renamingOptions } from '@rose/foundation';
import { augmentWith, augmentationFingerprint } from '../data/augment-with.js';
import type { TaskDefinition } from '@rose/glue';
import { type Catalogue, findSuite, findTask } from '../catalogue/catalogue.js';
import { findVariant, parseVariant } from '../methods/variants.js';
import type { LoadedExperiment } from './load-experiment.js';
import { placing } from '../settings/places.js';
import { publishedSize } from './published-size.js';
import { type ResolvedSettings, applySettings, resolveSettings } from './resolve-settings.js';
import type { Experiment } from '../settings/schema.js';
import { findSource, taskLabel } from '../data/sources.js';
import { modelKeys } from '../settings/model-keys.js';

/** Raised when the same settings would give other numbers than before, so that old results are not taken for new ones. */
const methodVersion = 3;

/** One run of the grid, with everything that its result depends on. */
export interface PlannedRun {
  readonly id: string;
  readonly task: string;
  readonly taskLabel: string;
  readonly model: string;
  readonly modelLabel: string;
  readonly variant: string;
  readonly seed: number;
  /** Settings that the experiment may leave open, and where each came from. */
  readonly resolved: ResolvedSettings;
  /** What a step costs, in steps of `vanilla`; absent in plans of older versions. */
  readonly cost?: number;
  /** Of everything that the trained weights depend on. */
  readonly trainingHash: string;
  /** Of the weights and what a suite does with them, by suite. */
  readonly suiteHashes: Readonly<Record<string, string>>;
  /** Hashes that the same suites had in older versions, where they differ. */
  readonly formerHashes?: Readonly<Record<string, string>>;
  /** Of all of it. */
  readonly hash: string;
}

export interface Plan {
  readonly schema: 1;
  readonly name: string;
  readonly experiment: Experiment;
  readonly runs: readonly PlannedRun[];
  /** What a user should know of the models; absent in plans of older versions. */
  readonly notes?: readonly string[];
}

/** What a plan is made of; without `placeOf`, errors name settings alone. */
export type PlannedExperiment = Pick<LoadedExperiment, 'name' | 'experiment' | 'given'> &
  Partial<Pick<LoadedExperiment, 'placeOf'>>;

/**
 * Resolves an experiment into its runs. Everything that can be refused is refused here, before any training.
 * @throws InputError with the place of the setting that is wrong
 */
export function makePlan(planned: PlannedExperiment, catalogue: Catalogue): Promise<Plan> {
  const placeOf = planned.placeOf ?? ((path) => ({ option: path.join('.') }));
  return placing(placeOf, () => planOf(planned, catalogue));
}

async function planOf({ name, experiment, given }: PlannedExperiment, catalogue: Catalogue): Promise<Plan> {
  const { methods } = catalogue;
  const { fingerprints, outlines, notes } = await checkExperiment(experiment, catalogue);
  // Files are read and hashed once, however many tasks there are.
  const augmentation = await augmentationFingerprint(experiment.data.augmentWith ?? []);
  const suites = await Promise.all(
    experiment.suites.map(async (suite) => [suite, await findSuite(catalogue, suite).settings(experiment)] as const),
  );
  const models = await Promise.all(
    [...outlines].map(async ([model, outline]) => ({
      ...{ model, outline, weights: await modelFingerprint(model) },
      // Mini-GLUE's tasks are not those that the published settings were found for.
      size: experiment.data.source === 'folder' ? await publishedSize(model) : undefined,
    })),
  );
  const runs: PlannedRun[] = [];
  for (const task of experiment.tasks) {
    const data = fingerprints.get(task);
    const label = taskLabel(task, experiment.data);
    for (const { model, outline, weights, size } of models) {
      const trainings = new Map<string, string>();
      for (const variant of experiment.variants) {
        const resolved = resolveSettings({ experiment, given, methods, of: { variant, task, size } });
        refuseSame(variant, trainings, contentHash({ resolved, ...partsOf(variant, methods) }));
        const settled = applySettings(experiment, resolved);
        const { settings: method, cost, checkModel: check } = findVariant(variant, settled, methods);
        check(outline);
        for (const seed of experiment.seeds) {
          const { training, backend } = settled;
          const { trainRows, trainMinWords, trainWholeTexts, devRows } = experiment.data;
          const trainingHash = contentHash({
            methodVersion,
            task,
            data,
            rows: { trainRows, trainMinWords, trainWholeTexts, devRows },
            ...(augmentation.length > 0 && { augmentation }),
            weights,
            variant,
            seed,
            training,
            backend,
            ...method,
          });
          const hashes = suites.map(([suite, { hashed, former }]) => ({
            suite,
            now: contentHash({ trainingHash, suite, ...hashed }),
            before: former && contentHash({ trainingHash, suite, ...former }),
          }));
          const suiteHashes = Object.fromEntries(hashes.map(({ suite, now }) => [suite, now]));
          const formerHashes = Object.fromEntries(
            hashes.flatMap(({ suite, before }) => (before === undefined ? [] : [[suite, before]])),
          );
          runs.push({
            id: `${label}.${modelLabel(model)}.${variant}.seed${seed}`,
            task,
            taskLabel: label,
            model,
            modelLabel: modelLabel(model),
            variant,
            seed,
            resolved,
            cost,
            trainingHash,
            suiteHashes,
            ...(Object.keys(formerHashes).length > 0 && { formerHashes }),
            hash: contentHash({ trainingHash, suiteHashes }),
          });
        }
      }
    }
  }
  refuseDoubles(runs);
  return { schema: 1, name, experiment, runs, ...(notes.length > 0 && { notes }) };
}

interface CheckedExperiment {
  /** Of each task's data. */
  readonly fingerprints: ReadonlyMap<string, string>;
  /** Of each model, in the order of the experiment. */
  readonly outlines: ReadonlyMap<string, ModelOutline>;
  readonly notes: readonly string[];
}

/** @throws InputError for names that are not known or stand twice, and for what a run would stumble over */
async function checkExperiment(experiment: Experiment, catalogue: Catalogue): Promise<CheckedExperiment> {
  for (const list of ['tasks', 'models', 'variants', 'seeds', 'suites'] as const) refuseTwice(experiment[list], list);
  renamingOptions({ backend: 'backend.name' }, () => findBackend(experiment.backend.name));
  for (const variant of experiment.variants) parseVariant(variant, catalogue.methods);
  const tasks = experiment.tasks.map((task) => findTask(catalogue, task));
  const source = findSource(experiment.data);
  const fingerprints = new Map<string, string>();
  for (const task of tasks) fingerprints.set(task.name, await source.fingerprint(task));
  for (const suite of experiment.suites) await findSuite(catalogue, suite).check(experiment, { tasks, source });
  const outlines = new Map<string, ModelOutline>();
  const notes: string[] = [];
  for (const model of experiment.models) {
    const outline = await checkedOutline(model, experiment);
    outlines.set(model, outline);
    notes.push(...(await checkedModel(outline, { model, experiment, tasks })));
  }
  for (const attacked of experiment.data.augmentWith ?? []) {
    for (const task of tasks) await augmentWith(attacked, { task, examples: [] });
  }
  return { fingerprints, outlines, notes };
}

async function checkedOutline(model: string, { training: { maxLength } }: Experiment): Promise<ModelOutline> {
  const outline = await renamingOptions(modelKeys, () => outlineModel(model));
  const { mostTokens } = outline;
  if (maxLength <= mostTokens) return outline;
  throw new InputError(`The model '${model}' reads ${mostTokens} tokens at most, not ${maxLength}.`, {
    option: 'training.maxLength',
    hint: `Set it to ${mostTokens} or less.`,
  });
}

/**
 * Refuses a model that runs could not load.
 * @returns what loading it will say, each thing once
 */
async function checkedModel(
  { poolings }: ModelOutline,
  { model, experiment, tasks }: { model: string; experiment: Experiment; tasks: readonly TaskDefinition[] },
): Promise<string[]> {
  const { maxLength, pooling } = experiment.training;
  const notes = new Set<string>();
  for (const [i, { labels, columns }] of tasks.entries()) {
    const found = await renamingOptions(modelKeys, () =>
      checkModel({
        ...{ model, classes: labels.length, labels, texts: columns.length, seed: 0, maxLength },
        // Once is enough: the encoder is the same for all tasks.
        finite: i === 0,
        ...(pooling !== undefined && poolings.length > 0 && { pooling }),
      }),
    );
    for (const note of found) notes.add(`${model}: ${note}`);
  }
  return [...notes];
}

function refuseTwice(names: readonly (string | number)[], list: string): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new InputError(`'${twice}' stands twice among the ${list}.`, { option: list, hint: 'Name it once.' });
}

/** What a variant does, under whatever name. */
function partsOf(variant: string, methods: Catalogue['methods']): object {
  const { objective, selections } = parseVariant(variant, methods);
  return { objective: objective.name, selections: selections.map(({ name }) => name).sort() };
}

/** @throws InputError for a variant that trains as another one does, to the same results under two names */
function refuseSame(variant: string, trainings: Map<string, string>, training: string): void {
  const other = trainings.get(training);
  trainings.set(training, variant);
  if (other === undefined) return;
  throw new InputError(`'${other}' and '${variant}' are the same training.`, {
    option: 'variants',
    hint: 'Leave one of them out.',
  });
}

function refuseDoubles(runs: readonly PlannedRun[]): void {
  const seen = new Set<string>();
  for (const { id } of runs) {
    if (seen.has(id))
      throw new InputError(`The run '${id}' is in the plan twice.`, {
        option: 'models',
        hint: 'Give the folders of two models different names.',
      });
    seen.add(id);
  }
}

/** The runs whose id matches a glob, in which `*` stands for anything. */
export function selectRuns(runs: readonly PlannedRun[], glob: string | undefined): readonly PlannedRun[] {
  if (!glob) return runs;
  const pattern = new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
  const chosen = runs.filter(({ id }) => pattern.test(id));
  if (chosen.length > 0) return chosen;
  const nearest = nearestName(
    glob,
    runs.map(({ id }) => id),
  );
  throw new InputError(`No run matches '${glob}'.`, {
    option: 'only',
    hint: nearest ? `Did you mean '${nearest}'?` : `An id reads like ${runs[0]?.id ?? '…'}; * stands for anything.`,
  });
}
