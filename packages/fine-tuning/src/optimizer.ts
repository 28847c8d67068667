import { type ModelParameters, type ParameterRole, roleOf } from '@rose/encoders';
import * as tf from '@tensorflow/tfjs-core';
import { lend } from './evaluate-together.js';
import { residentArrays } from './kernels/kernel-memory.js';
import type { Mask, ParameterState, UpdateRule } from './update-rule.js';

export interface OptimizerSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** One step for all parameters. Gradients as they came, before clipping. */
export interface OptimizerStep {
  readonly gradients: ReadonlyMap<string, Float32Array>;
  /** μ of the update by parameter name; absent is 1. */
  readonly masks: ReadonlyMap<string, Mask>;
  /** M of the gradient by parameter name; absent is 1. */
  readonly gates?: ReadonlyMap<string, Mask>;
  readonly rule: UpdateRule;
  readonly learningRate: number;
  readonly gradientScale: number;
}

/** Biases and layer normalisation are not decayed (the released code's two parameter groups). */
export const isDecayed = ({ role }: ParameterRole): boolean => role === 'weight' || role === 'table';

/**
 * The weights with their moments on the host, moved in place by an `UpdateRule`: the same bits on every machine and backend.
 * They are ordinary arrays to everybody, and live where the kernels of AdamW need not copy them.
 */
export class Optimizer {
  /** t: steps taken so far. */
  step = 0;

  private constructor(
    private readonly model: ModelParameters,
    readonly states: ReadonlyMap<string, ParameterState>,
    readonly settings: OptimizerSettings,
  ) {}

  /** @param model whose weights are to be moved, and which is shown them after each step */
  static async create(model: ModelParameters, settings: OptimizerSettings): Promise<Optimizer> {
    const sizes = [...model.parameters.values()].map(({ size }) => size);
    const resident = residentArrays({ lengths: sizes.flatMap((size) => [size, size, size]), ifRoom: sizes });
    // Gradients that are computed where AdamW reads them.
    lend(resident.more);
    const arrays = resident.arrays.values();
    const next = () => arrays.next().value as Float32Array;
    const states = new Map<string, ParameterState>();
    for (const [name, variable] of model.parameters) {
      const state = { weights: next(), momentum: next(), variance: next() };
      // A copy, since the backend may lend us an array that it still calls its own.
      state.weights.set(await variable.data());
      states.set(name, state);
    }
    return new Optimizer(model, states, settings);
  }

  apply({ gradients, masks, gates, rule, learningRate, gradientScale }: OptimizerStep): void {
    this.step += 1;
    const { weightDecay, ...shared } = this.settings;
    for (const [name, gradient] of gradients) {
      const state = this.state(name);
      const settings = {
        ...shared,
        weightDecay: isDecayed(roleOf(this.model.roles, name)) ? weightDecay : 0,
        step: this.step,
        learningRate,
        gradientScale,
      };
      rule.update(state, gradient, { settings, mask: masks.get(name) ?? 1, gate: gates?.get(name) ?? 1 });
      this.publish(name, state.weights);
    }
  }

  /** Replaces weights, moments and step by those of an earlier moment, in place. */
  restore(step: number, states: ReadonlyMap<string, ParameterState>): void {
    this.step = step;
    for (const [name, from] of states) {
      const to = this.state(name);
      to.weights.set(from.weights);
      to.momentum.set(from.momentum);
      to.variance.set(from.variance);
      this.publish(name, to.weights);
    }
  }

  /** Calls `use` while the model shows other weights, by parameter name, than those that are trained. */
  async showing<T>(weights: ReadonlyMap<string, Float32Array>, use: () => Promise<T>): Promise<T> {
    for (const [name, shown] of weights) this.publish(name, shown);
    try {
      return await use();
    } finally {
      for (const name of weights.keys()) this.publish(name, this.state(name).weights);
    }
  }

  state(name: string): ParameterState {
    const state = this.states.get(name);
    if (!state) throw new Error(`The optimizer has no parameter '${name}'.`);
    return state;
  }

  /** Shows the model its new weights: on a backend that feeds host arrays directly this copies nothing. */
  private publish(name: string, weights: Float32Array): void {
    const variable = this.model.parameters.get(name);
    if (!variable) return;
    const fresh = tf.tensor(weights, variable.shape, 'float32');
    variable.assign(fresh);
    fresh.dispose();
  }
}
