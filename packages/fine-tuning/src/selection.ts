import type * as tf from '@tensorflow/tfjs-core';
import type { StepContext } from './step-context.js';
import type { TrainingPreview } from './training-preview.js';
import type { Mask, UpdateRule } from './update-rule.js';

/** What a selection may look at when it decides: everything is known before the weights move. */
export interface StepObservation {
  /** t, counted from 1. */
  readonly step: number;
  /** ‖g‖₂ of each parameter after global clipping. */
  readonly gradientNorms: ReadonlyMap<string, number>;
  /** g of a parameter as it came, element by element; times `gradientScale` it is the clipped one. Not to be changed. */
  gradient(parameter: string): Float32Array;
  /** Factor of the global gradient clipping, at most 1. */
  readonly gradientScale: number;
  /** m, a parameter's first moment before this step. Not to be changed. */
  momentum(parameter: string): Float32Array;
  /** What `measure` recorded, by parameter name, all of it finite; empty without it. */
  readonly measured: ReadonlyMap<string, Float32Array>;
}

/** Something put in the place of a weight w for the length of one step. */
export interface Substitute {
  /** w̃, which the model computes with. Not to be changed before the step is over. */
  readonly weights: Float32Array;
  /** ∂w̃/∂w as the method has it, of the weight's shape or broadcast to it: ∂L/∂w = ∂L/∂w̃ · slope, before clipping. */
  readonly slope: tf.Tensor;
}

/** Which of the gradients reach the weights, and by which rule. */
export interface Selection {
  readonly name: string;
  readonly rule: UpdateRule;
  /** Whether it also masks while the learning rate warms up. */
  readonly duringWarmup?: boolean;
  /**
   * Called once before the first step, and again when a run is taken up again, each time on the pretrained weights:
   * what it finds must depend on those, the texts and the seed alone.
   * @throws InputError for a model that it cannot work on
   */
  prepare?(preview: TrainingPreview): void | Promise<void>;
  /** False for a parameter that stays as it is in all steps: its gradient is not even computed. Asked after `prepare`. */
  trains?(parameter: string): boolean;
  /** What the model computes with in this step instead of some of its weights (Mixout). */
  substitute?(step: number, weights: (parameter: string) => Float32Array): ReadonlyMap<string, Substitute>;
  /** Records saliencies of parameters, scalars or shaped as these, in the graph of the step, before the weights move. */
  measure?(context: StepContext): ReadonlyMap<string, tf.Tensor>;
  /** μ by parameter name; a parameter that is absent has μ = 1. Called once a step. */
  select(observation: StepObservation): ReadonlyMap<string, Mask>;
}
