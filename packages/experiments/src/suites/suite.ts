import type { Victim } from '@rose/attacks';
import type { Descriptor } from '@rose/foundation';
import type { AdversarialExample, Example, TaskDefinition, TaskSource } from '@rose/glue';
import type { Experiment } from '../settings/schema.js';

/** The texts of a task that a run may use. */
export interface TaskTexts {
  readonly train: readonly Example[];
  readonly dev: readonly Example[];
  readonly adversarial: () => Promise<readonly AdversarialExample[]>;
}

export interface SuiteContext {
  readonly experiment: Experiment;
  /** The fine-tuned model: texts in, probabilities out. */
  readonly victim: Victim;
  readonly texts: TaskTexts;
  readonly seed: number;
  /** Threads of whatever else computes beside the engine. */
  readonly threads: number;
  /** Called as the work goes on, with what is done and what there is. */
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

export interface SuiteResult {
  /** Numbers by name; shares lie in 0 … 1. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly examples: number;
  /** What the numbers rest on: sources with versions, counts per kind … */
  readonly details: Readonly<Record<string, unknown>>;
  /** One object an example, written as JSON lines. */
  readonly lines: readonly object[];
}

/** What, beside the weights, a suite's result depends on. */
export interface SuiteDependencies {
  readonly hashed: Readonly<Record<string, unknown>>;
  /** What the same suite was known by in older versions, where that was something else: their results still count. */
  readonly former?: Readonly<Record<string, unknown>>;
}

/** What a suite will meet. */
export interface SuiteRequest {
  readonly tasks: readonly TaskDefinition[];
  readonly source: TaskSource;
}

/** Something that scores a victim: the clean dev set, AdvGLUE, or an attack recipe. */
export interface Suite extends Descriptor {
  /** The metric that tables show. */
  readonly headline: string;
  /** Refuses settings that make no sense, before anything is trained. */
  check(experiment: Experiment, request: SuiteRequest): void | Promise<void>;
  settings(experiment: Experiment): SuiteDependencies | Promise<SuiteDependencies>;
  run(context: SuiteContext): Promise<SuiteResult>;
}

/** Describes a suite, in the file that implements it. */
export const defineSuite = (suite: Suite): Suite => suite;
