import type { Victim } from '@rose/attacks';
import type { AdversarialExample, Example } from '@rose/glue';
import type { Experiment } from '../experiment/schema.js';

/** The fine-tuned model as suites see it: texts in, probabilities out. */
export interface TextVictim {
  readonly name: string;
  readonly probabilities: (inputs: readonly (readonly string[])[]) => Promise<readonly Float32Array[]>;
  /** For white-box attacks; see `Victim` of the attacks. */
  readonly gradientNorms?: Victim['gradientNorms'];
}

/** The texts of a task that a run may use. */
export interface TaskTexts {
  readonly train: readonly Example[];
  readonly dev: readonly Example[];
  readonly adversarial: () => Promise<readonly AdversarialExample[]>;
}

export interface SuiteContext {
  readonly experiment: Experiment;
  readonly victim: TextVictim;
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

/** Something that scores a victim: the clean dev set, AdvGLUE, or an attack recipe. */
export interface Suite {
  /** The metric that tables show. */
  readonly headline: string;
  /** Refuses settings that make no sense, before anything is trained. */
  check(experiment: Experiment): void;
  /** What, beside the weights, the suite's result depends on. */
  settings(experiment: Experiment): Readonly<Record<string, unknown>>;
  run(context: SuiteContext): Promise<SuiteResult>;
}
