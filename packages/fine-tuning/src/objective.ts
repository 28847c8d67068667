import type { ModelParameters } from '@rose/encoders';
import { type Descriptor, type GivenSettings, type Settings, type SettingsOf, parseSettings } from '@rose/foundation';
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
  weightsInUse?(model: ModelParameters): Promise<ReadonlyMap<string, Float32Array>>;
}

/** What objectives and selections alike say of themselves. */
export interface MethodDescriptor<S extends Settings = Settings> extends Descriptor {
  /** The name of the section that its settings stand in, such as `r3f`; related methods may share one. */
  readonly section?: string;
  readonly settings: S;
  /** What makes it this method and not another one with the same settings. Part of what a run's hash depends on. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** It compares dropout passes, and says nothing without dropout. */
  readonly needsDropout?: boolean;
}

interface ObjectiveTraits<S extends Settings> extends MethodDescriptor<S> {
  /**
   * What a step costs by its passes, in steps of `vanilla`: F + B = 3 F, since a backward pass is about two forward.
   * The plan estimates time with it.
   */
  cost(settings: SettingsOf<S>): number;
}

/** An objective as a file defines it. */
export interface ObjectiveDefinition<S extends Settings> extends ObjectiveTraits<S> {
  create(settings: SettingsOf<S>): Omit<Objective, 'name'>;
}

/** An objective that can be chosen by name. */
export interface ObjectiveDescriptor<S extends Settings = Settings> extends ObjectiveTraits<S> {
  readonly kind: 'objective';
  /** @throws InputError for a setting that it does not have, or a value out of range */
  create(given?: GivenSettings<S>): Objective;
}

/**
 * Describes an objective, in the file that implements it.
 * @example
 * export const vanilla = defineObjective({
 *   name: 'vanilla',
 *   title: 'Cross-entropy of one dropout pass',
 *   settings: noSettings,
 *   cost: () => 1,
 *   create: () => ({ gradients: (context) => … }),
 * });
 */
export function defineObjective<S extends Settings>(definition: ObjectiveDefinition<S>): ObjectiveDescriptor<S> {
  const { name, settings } = definition;
  return {
    ...definition,
    kind: 'objective',
    create: (given) => ({ name, ...definition.create(parseSettings(settings, given ?? {}, { of: name })) }),
  };
}
