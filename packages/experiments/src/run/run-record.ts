import type { PlannedRun } from '../experiment/plan.js';
import type { Experiment } from '../settings/schema.js';
import type { Provenance } from './provenance.js';

export type RunState = 'running' | 'done' | 'failed' | 'interrupted';

/** What training left behind; the weights lie in `checkpoint/` beside the record. */
export interface TrainingRecord {
  /** Of everything the weights depend on: a checkpoint with another hash is not used. */
  readonly hash: string;
  readonly trainExamples: number;
  readonly devExamples: number;
  readonly parameters: number;
  readonly steps: number;
  readonly seconds: number;
  /** Counted from 1. Chosen by accuracy on the clean dev set, the first of equals. */
  readonly bestEpoch: number;
  readonly bestDevAccuracy: number;
  /** Mean μ by maskable parameter, over the steps that were masked; empty for methods without a mask. */
  readonly keptShare: Readonly<Record<string, number>>;
  /** How far fine-tuning moved each group of parameters: ‖w − w₀‖₂ / ‖w₀‖₂. */
  readonly drift: Readonly<Record<string, number>>;
  /** What loading the model found worth saying; absent where it was nothing, and in older records. */
  readonly notes?: readonly string[];
}

export interface SuiteRecord {
  readonly hash: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly examples: number;
  readonly seconds: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/** `run.json`: one run's settings, state and results. */
export interface RunRecord {
  readonly schema: 1;
  readonly id: string;
  readonly hash: string;
  readonly state: RunState;
  /** What went wrong, where `state` is `failed`. */
  readonly error?: string;
  readonly run: PlannedRun;
  readonly settings: Experiment;
  readonly provenance: Provenance;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly training?: TrainingRecord;
  readonly suites: Readonly<Record<string, SuiteRecord>>;
}

/** Whether a record holds a suite's result for these weights and settings, by today's hash or one of an older version. */
export function isCurrent(record: Pick<RunRecord, 'training' | 'suites'>, run: PlannedRun, suite: string): boolean {
  const hash = record.suites[suite]?.hash;
  if (hash === undefined || record.training?.hash !== run.trainingHash) return false;
  return hash === run.suiteHashes[suite] || hash === run.formerHashes?.[suite];
}

/** What a run has taken so far, training and suites together. */
export const secondsOf = ({ training, suites }: Pick<RunRecord, 'training' | 'suites'>): number =>
  Object.values(suites).reduce((sum, { seconds }) => sum + seconds, training?.seconds ?? 0);
