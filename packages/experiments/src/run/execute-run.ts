import { relativeDrift } from '@rose/analysis';
import { startBackend } from '@rose/backends';
import { type LoadOptions, type TextClassifier, loadClassifier } from '@rose/encoders';
import { outlineModel } from '@rose/encoders/internal';
import { type EpochLog, type StepLog, argmax, predict, train } from '@rose/fine-tuning';
import { InterruptedError, describeError, renamingOptions } from '@rose/foundation';
import { type Example, accuracy, subset, wholeTexts } from '@rose/glue';
import { classifierVictim } from '@rose/victims';
import { augmentWith } from '../data/augment-with.js';
import { type Catalogue, findSuite, findTask } from '../catalogue/catalogue.js';
import type { PlannedRun } from '../experiment/plan.js';
import { applySettings } from '../experiment/resolve-settings.js';
import { modelKeys } from '../settings/model-keys.js';
import type { Experiment } from '../settings/schema.js';
import { ROWS_SEED, findSource } from '../data/sources.js';
import { findVariant } from '../methods/variants.js';
import type { TaskTexts } from '../suites/suite.js';
import type { ProgressEvent } from './progress-event.js';
import { collectProvenance } from './provenance.js';
import type { RunFolder } from './run-folder.js';
import { type RunRecord, type SuiteRecord, type TrainingRecord, isCurrent } from './run-record.js';

export interface ExecuteOptions {
  readonly run: PlannedRun;
  readonly experiment: Experiment;
  readonly catalogue: Catalogue;
  readonly folder: RunFolder;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress: (event: ProgressEvent) => void;
  /** See `RunPlannedOptions`. */
  readonly onNotes?: (notes: readonly string[]) => void;
}

/** Seconds between writes of the training log. */
const logSeconds = 2;

/**
 * Trains and evaluates one run of the plan in its folder, taking up whatever is there already: weights with the
 * right hash are not trained again, suites with the right hash not run again. The record tells how it ended.
 * Where a record came without its weights, all is done anew, so that every suite of a run scores the same bits.
 */
export async function executeRun(options: ExecuteOptions): Promise<RunRecord> {
  const { run, experiment, folder, threads, catalogue } = options;
  const previous = await folder.read();
  const base = {
    schema: 1 as const,
    id: run.id,
    hash: run.hash,
    run,
    settings: experiment,
    provenance: await collectProvenance({ backend: experiment.backend.name, threads }),
    startedAt: new Date().toISOString(),
  };
  const reusable = previous?.training?.hash === run.trainingHash && folder.hasWeights() ? previous : undefined;
  let record: RunRecord = {
    ...base,
    state: 'running',
    suites: reusable?.suites ?? {},
    ...(reusable?.training ? { training: reusable.training } : {}),
  };
  const save = (change: Partial<RunRecord>) => folder.write((record = { ...record, ...change }));
  try {
    if (!reusable && previous?.run.trainingHash !== run.trainingHash) await folder.clear();
    await save({});
    const { name } = experiment.backend;
    await renamingOptions({ backend: 'backend.name' }, () => startBackend({ name, threads }));
    const texts = await loadTexts(options);
    const training = record.training ?? (await trainRun(options, texts));
    await save({ training });
    const model = await loadModel({
      model: folder.checkpoint,
      // By number alone: a run's head has the task's order, whatever its base called the classes in older versions.
      classes: findTask(catalogue, run.task).labels.length,
      seed: run.seed,
      maxLength: experiment.training.maxLength,
    });
    for (const suite of experiment.suites) {
      const hash = run.suiteHashes[suite] ?? '';
      if (isCurrent(record, run, suite)) continue;
      await save({ suites: { ...record.suites, [suite]: await runSuite({ ...options, texts, model, suite, hash }) } });
    }
    model.dispose();
    await save({ state: 'done', endedAt: new Date().toISOString() });
  } catch (error) {
    const interrupted = error instanceof InterruptedError;
    await save({
      state: interrupted ? 'interrupted' : 'failed',
      error: describeError(error),
      endedAt: new Date().toISOString(),
    });
  }
  return record;
}

/** The names that options of training have in an experiment. */
const trainingKeys = { examples: 'data', selection: 'variants' };

const loadModel = (options: LoadOptions): Promise<TextClassifier> =>
  renamingOptions(modelKeys, () => loadClassifier(options));

async function loadTexts({ run, experiment, catalogue }: ExecuteOptions): Promise<TaskTexts> {
  const { data } = experiment;
  const source = findSource(data);
  const definition = findTask(catalogue, run.task);
  const rows = await source.load(definition, 'train');
  const train = (data.trainWholeTexts ? wholeTexts(rows) : rows).filter(hasWords(data.trainMinWords ?? 1));
  const dev = await source.load(definition, 'dev');
  const own = data.trainRows ? subset(train, { size: data.trainRows, seed: ROWS_SEED, stratified: true }) : train;
  let all: readonly Example[] = own;
  for (const attacked of data.augmentWith ?? []) {
    all = [...all, ...(await augmentWith(attacked, { task: definition, examples: all }))];
  }
  return {
    train: all,
    dev: data.devRows ? subset(dev, { size: data.devRows, seed: ROWS_SEED, stratified: true }) : dev,
    adversarial: () => source.adversarial(definition),
  };
}

const hasWords =
  (least: number) =>
  ({ texts }: Example): boolean =>
    texts.join(' ').trim().split(/\s+/).length >= least;

async function trainRun(options: ExecuteOptions, texts: TaskTexts): Promise<TrainingRecord> {
  const { run, experiment, catalogue, folder, signal, onProgress } = options;
  const settled = applySettings(experiment, run.resolved);
  const { maxLength, pooling, ...settings } = settled.training;
  const variant = findVariant(run.variant, settled, catalogue.methods);
  const { poolings } = await outlineModel(run.model);
  const { labels } = findTask(catalogue, run.task);
  const model = await loadModel({
    model: run.model,
    classes: labels.length,
    labels,
    seed: run.seed,
    maxLength,
    // Of a family without a choice, the setting concerns other models of the experiment.
    ...(pooling !== undefined && poolings.length > 0 && { pooling }),
  });
  if (model.notes.length > 0) options.onNotes?.(model.notes);
  const pretrained = await snapshot(model);
  let moved: ReadonlyMap<string, Float32Array> = pretrained;
  const devSequences = texts.dev.map((example) => model.tokenizer.encode(example.texts, maxLength));
  const devLabels = texts.dev.map(({ label }) => label);
  const log = new BufferedLog(folder);
  const started = performance.now();
  let steps = 0;
  const result = await renamingOptions(trainingKeys, () =>
    train({
      model,
      objective: variant.objective,
      selection: variant.selection,
      examples: texts.train,
      settings: { ...settings, seed: run.seed, dropoutRate: variant.dropoutRate },
      state: { file: folder.state, identity: run.trainingHash },
      signal,
      evaluate: async () => accuracy((await predict(model, devSequences)).map(argmax), devLabels),
      onBest: async () => {
        await model.saveTo(folder.checkpoint);
        moved = await snapshot(model);
      },
      onStart: async (done, total) => {
        steps = total;
        await folder.rewindLog(done);
        onProgress({ kind: 'train', step: done, steps });
      },
      onLog: async (entry) => {
        await log.add(entry);
        onProgress({
          kind: 'train',
          step: entry.step,
          steps,
          epoch: entry.epoch,
          ...(entry.kind === 'epoch' ? { devAccuracy: entry.devScore } : {}),
        });
      },
    }),
  ).finally(() => log.flush());
  const record: TrainingRecord = {
    hash: run.trainingHash,
    trainExamples: texts.train.length,
    devExamples: texts.dev.length,
    parameters: [...model.parameters.values()].reduce((sum, { size }) => sum + size, 0),
    steps: result.steps,
    seconds: (performance.now() - started) / 1000,
    bestEpoch: result.bestEpoch,
    bestDevAccuracy: result.bestDevScore,
    keptShare: result.keptShare,
    drift: Object.fromEntries(relativeDrift(pretrained, moved, model.roles)),
    ...(model.notes.length > 0 && { notes: model.notes }),
  };
  model.dispose();
  return record;
}

/** A copy of the weights as they stand. */
async function snapshot({ parameters }: TextClassifier): Promise<ReadonlyMap<string, Float32Array>> {
  const copy = new Map<string, Float32Array>();
  for (const [name, variable] of parameters) copy.set(name, Float32Array.from(await variable.data()));
  return copy;
}

/** Collects log entries, so that fast steps do not wait for the disk each time. */
class BufferedLog {
  private entries: (StepLog | EpochLog)[] = [];
  private writtenAt = Date.now();

  constructor(private readonly folder: RunFolder) {}

  async add(entry: StepLog | EpochLog): Promise<void> {
    this.entries.push(entry);
    if (Date.now() - this.writtenAt > 1000 * logSeconds) await this.flush();
  }

  async flush(): Promise<void> {
    const entries = this.entries;
    this.entries = [];
    this.writtenAt = Date.now();
    await this.folder.appendLog(entries);
  }
}

interface SuiteOptions extends ExecuteOptions {
  readonly texts: TaskTexts;
  readonly model: TextClassifier;
  readonly suite: string;
  readonly hash: string;
}

async function runSuite({
  run,
  experiment,
  catalogue,
  folder,
  signal,
  onProgress,
  texts,
  model,
  suite,
  hash,
  threads,
}: SuiteOptions): Promise<SuiteRecord> {
  if (signal.aborted) throw new InterruptedError();
  const started = performance.now();
  const { lines, ...result } = await findSuite(catalogue, suite).run({
    experiment,
    victim: classifierVictim({ name: run.id, model }),
    texts,
    seed: run.seed,
    threads,
    signal,
    onProgress: (done, total) => onProgress({ kind: 'suite', suite, done, total }),
  });
  await folder.writeSuite(suite, lines);
  return { hash, ...result, seconds: (performance.now() - started) / 1000 };
}
