import type * as tf from '@tensorflow/tfjs-core';
import type { StepContext } from './step-context.js';
import type { Mask, UpdateRule } from './update-rule.js';

/** What a selection may look at when it decides: everything is known before the weights move. */
export interface StepObservation {
  /** t, counted from 1. */
  readonly step: number;
  /** ‖g‖₂ of each parameter after global clipping. */
  readonly gradientNorms: ReadonlyMap<string, number>;
  /** ‖m‖₂ of a parameter's first moment before this step. */
  momentumNorm(parameter: string): number;
  /** What `measure` recorded, by parameter name; empty without it. */
  readonly measured: ReadonlyMap<string, number>;
}

/** Which of the gradients reach the weights, and by which rule. */
export interface Selection {
  readonly name: string;
  readonly rule: UpdateRule;
  /** Records one scalar a parameter (a saliency) in the graph of the step, before the weights move. */
  measure?(context: StepContext): ReadonlyMap<string, tf.Scalar>;
  /** μ by parameter name; a parameter that is absent has μ = 1. Called once a step, after warm-up. */
  select(observation: StepObservation): ReadonlyMap<string, Mask>;
}
