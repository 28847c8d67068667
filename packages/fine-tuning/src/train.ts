import { existsSync } from 'node:fs';
import type { TextClassifier } from '@rose/encoders';
import { InterruptedError, NonFiniteError } from '@rose/foundation';
import type { Example } from '@rose/glue';
import { type MaskDigest, type MaskShares, digestMasks, maskShares, mean } from './mask-shares.js';
import type { Objective } from './objective.js';
import { Optimizer, type OptimizerSettings } from './optimizer.js';
import { linearSchedule } from './schedule.js';
import type { Selection } from './selection.js';
import { prepareSelection } from './prepare-selection.js';
import { TrainingSet } from './training-set.js';
import { trainingStep } from './training-step.js';
import { type TrainingProgress, loadTrainingState, removeTrainingState, saveTrainingState } from './training-state.js';

export interface TrainingSettings extends OptimizerSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Share of all steps over which the learning rate rises, and during which ROSE masks nothing. */
  readonly warmupShare: number;
  readonly maxGradientNorm: number;
  /** Replaces the model's dropout rates. */
  readonly dropoutRate?: number | undefined;
  readonly seed: number;
}

export interface StepLog {
  readonly kind: 'step';
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
  /** Mean μ over the maskable parameters; absent when nothing was masked. */
  readonly keptShare?: number;
  /** Mean μ by layer and kind of weight: `{"encoder.layer.0": {"query": 1, …}, …}`; absent when nothing was masked. */
  readonly masks?: MaskDigest;
  readonly milliseconds: number;
}

export interface EpochLog {
  readonly kind: 'epoch';
  readonly step: number;
  /** Counted from 1. */
  readonly epoch: number;
  /** The score on the clean dev set, the one that chooses the best epoch. */
  readonly devScore: number;
  readonly best: boolean;
}

export interface TrainingOptions {
  readonly model: TextClassifier;
  readonly objective: Objective;
  readonly selection: Selection;
  readonly examples: readonly Example[];
  readonly settings: TrainingSettings;
  /** The score of the model as it stands on the clean dev set; higher is better. */
  readonly evaluate: () => Promise<number>;
  /** Called when an epoch beat all before it: keep the model. */
  readonly onBest: (epoch: EpochLog) => Promise<void>;
  readonly onLog: (entry: StepLog | EpochLog) => Promise<void> | void;
  /** Called once before the first step with the number of steps already taken. */
  readonly onStart?: (stepsDone: number, stepsInAll: number) => Promise<void> | void;
  /** Where training can be taken up again after an interruption. */
  readonly state: { readonly file: string; readonly identity: string; readonly everySeconds?: number };
  /** Aborting saves the state at the next step and throws `InterruptedError`. */
  readonly signal?: AbortSignal | undefined;
}

export interface TrainingResult {
  readonly steps: number;
  readonly bestEpoch: number;
  readonly bestDevScore: number;
  /** Mean μ over all masked steps, by maskable parameter. */
  readonly keptShare: Readonly<Record<string, number>>;
}

/**
 * Fine-tunes a classifier. Batches, dropout and noise depend on the seed and the step alone, so a run that was
 * interrupted and taken up again ends in the same bits as one that was not.
 */
export async function train(options: TrainingOptions): Promise<TrainingResult> {
  const { model, settings, examples, selection, state, signal } = options;
  const { batchSize, seed, dropoutRate } = settings;
  const set = new TrainingSet({ model, examples, batchSize, seed, dropoutRate });
  const { stepsPerEpoch } = set;
  const totalSteps = stepsPerEpoch * settings.epochs;
  const warmupSteps = Math.round(totalSteps * settings.warmupShare);
  const optimizer = await Optimizer.create(model, settings);
  // Before a saved state is restored: selections look at the pretrained weights.
  await prepareSelection({ ...options, set, optimizer });
  let progress: TrainingProgress = { step: 0, best: null, kept: {}, maskedSteps: 0 };
  if (existsSync(state.file)) progress = await loadTrainingState(state.file, { optimizer, identity: state.identity });
  await options.onStart?.(progress.step, totalSteps);

  const save = () => saveTrainingState(state.file, { optimizer, progress, identity: state.identity });
  let savedAt = Date.now();

  for (let epoch = Math.floor(progress.step / stepsPerEpoch); epoch < settings.epochs; epoch++) {
    for (const batch of set.batches(epoch).slice(progress.step - epoch * stepsPerEpoch)) {
      if (signal?.aborted) {
        await save();
        throw new InterruptedError();
      }
      const started = performance.now();
      const step = optimizer.step + 1;
      const learningRate = linearSchedule(step, { peak: settings.learningRate, warmupSteps, totalSteps });
      const report = await trainingStep({
        context: set.context(batch, step),
        objective: options.objective,
        selection,
        optimizer,
        learningRate,
        maxGradientNorm: settings.maxGradientNorm,
        warmingUp: step <= warmupSteps,
      }).catch((error: unknown) => {
        throw error instanceof NonFiniteError
          ? new NonFiniteError(`${error.message} Rows: ${set.idsOf(batch)}.`)
          : error;
      });
      const shares = maskShares(report.masks);
      progress = countMasks({ ...progress, step }, shares);
      await options.onLog({
        kind: 'step',
        step,
        epoch: epoch + 1,
        loss: report.loss,
        learningRate,
        gradientNorm: report.gradientNorm,
        ...(shares.size === 0
          ? {}
          : { keptShare: mean([...shares.values()]), masks: digestMasks(shares, model.roles) }),
        milliseconds: performance.now() - started,
      });
      if (Date.now() - savedAt > 1000 * (state.everySeconds ?? 120)) {
        await save();
        savedAt = Date.now();
      }
    }

    const inUse = (await options.objective.weightsInUse?.(model)) ?? new Map<string, Float32Array>();
    const entry = await optimizer.showing(inUse, async (): Promise<EpochLog> => {
      const devScore = await options.evaluate();
      const best = devScore > (progress.best?.score ?? -Infinity);
      const scored: EpochLog = { kind: 'epoch', step: progress.step, epoch: epoch + 1, devScore, best };
      if (best) await options.onBest(scored);
      return scored;
    });
    if (entry.best) progress = { ...progress, best: { epoch: epoch + 1, score: entry.devScore } };
    await options.onLog(entry);
    if (epoch + 1 < settings.epochs) await save();
  }
  await removeTrainingState(state.file);
  return {
    steps: progress.step,
    bestEpoch: progress.best?.epoch ?? 0,
    bestDevScore: progress.best?.score ?? Number.NaN,
    keptShare: Object.fromEntries(
      Object.entries(progress.kept).map(([name, sum]) => [name, sum / progress.maskedSteps]),
    ),
  };
}

function countMasks(progress: TrainingProgress, shares: MaskShares): TrainingProgress {
  if (shares.size === 0) return progress;
  const kept = { ...progress.kept };
  for (const [name, share] of shares) kept[name] = (kept[name] ?? 0) + share;
  return { ...progress, kept, maskedSteps: progress.maskedSteps + 1 };
}
