import type * as tf from '@tensorflow/tfjs-core';
import type { StepContext } from './step-context.js';

/** What one step asks of the weights. All tensors may still be lazy: the trainer evaluates them together. */
export interface StepGradients {
  /** The value that is logged and checked, a scalar. */
  readonly loss: tf.Scalar;
  /** ∂L/∂w by parameter name, each shaped as its parameter. A parameter that is absent is not updated. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
}

/** How a batch becomes gradients: cross-entropy, R3F, FreeLB … Which of them reach the weights is a `Selection`'s matter. */
export interface Objective {
  readonly name: string;
  gradients(context: StepContext): StepGradients | Promise<StepGradients>;
  /**
   * Where the logits that are trained are not the model's own (R4F's are those of a normalised head): the weights, by
   * parameter name, with which the model itself gives them. It is scored and saved with these, and trained on without.
   */
  weightsInUse?(parameters: ReadonlyMap<string, tf.Variable>): Promise<ReadonlyMap<string, Float32Array>>;
}
