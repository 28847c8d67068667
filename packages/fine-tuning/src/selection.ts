import type { ModelSizes } from '@rose/encoders';
import { type GivenSettings, type Settings, type SettingsOf, parseSettings } from '@rose/foundation';
import type * as tf from '@tensorflow/tfjs-core';
import type { MethodDescriptor } from './objective.js';
import type { StepContext } from './step-context.js';
import type { TrainingPreview } from './training-preview.js';
import type { Mask, UpdateRule } from './update-rule.js';

/** What a selection may look at when it decides: everything is known before the weights move. */
export interface StepObservation {
  /** t, counted from 1. */
  readonly step: number;
  /** While the learning rate still rises. */
  readonly warmingUp: boolean;
  /** β₁ of the optimizer. */
  readonly beta1: number;
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

/** What the moments of the optimizer see instead of a gradient g: g · M · scale. */
export interface Gate {
  /** M by parameter name; a parameter that is absent has M = 1. */
  readonly masks: ReadonlyMap<string, Mask>;
  readonly scale: number;
}

/** What `measure` is told of the step. */
export interface Measurement {
  readonly warmingUp: boolean;
  /** ∂w̃/∂w of a parameter that a substitute stands in for; undefined for the others. */
  slope(parameter: string): tf.Tensor | undefined;
}

/**
 * Which of the gradients reach the weights, and by which rule. It can act at three places of a step: on the weights that
 * the model computes with (`substitute`), on the gradient (`gate`), and on the update (`select`).
 */
export interface Selection {
  readonly name: string;
  /** The optimizer's arithmetic; `adamW` for a selection that masks no update. */
  readonly rule: UpdateRule;
  /** Whether it also gates and masks while the learning rate warms up. */
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
  measure?(context: StepContext, step: Measurement): ReadonlyMap<string, tf.Tensor>;
  /** Which part of the gradient the moments see (CHILD-Tuning). Called once a step, before `select`. */
  gate?(observation: StepObservation): Gate;
  /** μ of the update by parameter name; a parameter that is absent has μ = 1. Called once a step; it sees gated gradients. */
  select?(observation: StepObservation): ReadonlyMap<string, Mask>;
}

/** Settings that were found for a task and a model of a certain size, and published. */
export interface PublishedFor {
  readonly task: string;
  /** Of the models that the authors trained. */
  readonly size: string | undefined;
}

interface SelectionTraits<S extends Settings> extends MethodDescriptor<S> {
  /** The objective that it was published with, for a variant that names none. */
  readonly objective: string;
  /** What it adds to the cost of a step, in steps of `vanilla`; nothing by default. */
  cost?(settings: SettingsOf<S>): number;
  /** Replaces the model's dropout rates, whatever the objective. */
  dropoutRate?(settings: SettingsOf<S>): number;
  /** The setting that `dropoutRate` comes from, for messages. */
  readonly dropoutSetting?: string;
  /**
   * Refuses a model that it cannot work on, by what is known before weights are read.
   * @throws InputError
   */
  checkModel?(settings: SettingsOf<S>, model: ModelSizes): void;
  /** Settings of the optimizer that it depends on, beside its own. */
  readonly reads?: readonly 'beta1'[];
  /** What its authors used: which of its settings, and their values for a task and a size; undefined for all others. */
  readonly published?: {
    readonly settings: readonly string[];
    find(of: PublishedFor): Readonly<Record<string, number>> | undefined;
  };
}

/** A selection as a file defines it. */
export interface SelectionDefinition<S extends Settings> extends SelectionTraits<S> {
  create(settings: SettingsOf<S>): Omit<Selection, 'name'>;
}

/** A selection that can be chosen by name. */
export interface SelectionDescriptor<S extends Settings = Settings> extends SelectionTraits<S> {
  readonly kind: 'selection';
  /** @throws InputError for a setting that it does not have, or a value out of range */
  create(given?: GivenSettings<S>): Selection;
}

/** Describes a selection, in the file that implements it. See `defineObjective`. */
export function defineSelection<S extends Settings>(definition: SelectionDefinition<S>): SelectionDescriptor<S> {
  const { name, settings } = definition;
  return {
    ...definition,
    kind: 'selection',
    create: (given) => ({ name, ...definition.create(parseSettings(settings, given ?? {}, { of: name })) }),
  };
}
