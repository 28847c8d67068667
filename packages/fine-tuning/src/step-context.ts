import * as tf from '@tensorflow/tfjs-core';
import { RandomStream } from '@rose/foundation';
import {
  type BatchTensors,
  DropoutMasks,
  type ForwardOptions,
  type ModelParameters,
  type ParameterRole,
  type TextClassifier,
  type TokenBatch,
  disposeBatch,
  toTensors,
} from '@rose/encoders';
import { type NoiseDistribution, drawNoise } from './noise.js';

interface Pass {
  readonly tensors: BatchTensors;
  readonly masks: DropoutMasks;
}

/** What sets one forward pass of a step apart from another. */
export interface PassOptions {
  /** Which draw of dropout masks: passes of the same number have the same ones. 0 by default, that of the selections too. */
  readonly draw?: number;
  /** Sees the token embeddings, float32 [passes · rows, length, width], and returns those to go on with. */
  readonly perturb?: NonNullable<ForwardOptions['perturb']>;
}

export interface StepContextOptions {
  readonly model: TextClassifier;
  readonly batch: TokenBatch;
  readonly labels: Int32Array;
  readonly seed: number;
  /** t, counted from 1. */
  readonly step: number;
  /** Replaces the model's own dropout rates (ROSE's `kl_dropout`). */
  readonly dropoutRate?: number | undefined;
}

/**
 * One batch on its way through one training step: what objectives and selections may ask of the model.
 *
 * Forward passes that are asked for twice have the same dropout masks, tensor for tensor, so that an engine which
 * shares common sub-expressions computes them once: the KL of ROSE and its cross-entropy meet in one forward pass.
 */
export class StepContext implements ModelParameters {
  readonly model: TextClassifier;
  /** Class ids, int32 [rows]. */
  readonly labels: tf.Tensor1D;
  /** The true classes as one-hot rows, float32 [rows, classes]. */
  readonly targets: tf.Tensor2D;
  /** The trainable parameters by name, in the model's order. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** What each parameter is for, by name. */
  readonly roles: ReadonlyMap<string, ParameterRole>;
  private readonly passes = new Map<string, Pass>();
  private readonly noises = new Map<string, tf.Tensor3D>();

  constructor(private readonly options: StepContextOptions) {
    this.model = options.model;
    this.parameters = options.model.parameters;
    this.roles = options.model.roles;
    this.labels = tf.keep(tf.tensor1d(options.labels, 'int32'));
    this.targets = tf.keep(
      tf.tensor2d(oneHot(options.labels, options.model.classes), [options.batch.rows, options.model.classes]),
    );
  }

  /** Logits [rows, classes] of one forward pass with dropout. */
  dropoutPass(options?: PassOptions): tf.Tensor2D {
    return this.dropoutPasses(1, options)[0] as tf.Tensor2D;
  }

  /** Logits [rows, classes] of `count` forward passes of the same rows, each with dropout of its own, run as one batch. */
  dropoutPasses(count: number, { draw = 0, perturb }: PassOptions = {}): tf.Tensor2D[] {
    const { tensors, masks } = this.pass(count, draw);
    masks.rewind();
    const { dropoutRate } = this.options;
    const logits = this.model.logits(tensors, {
      dropout: masks,
      ...(dropoutRate === undefined ? {} : { dropoutRate }),
      ...(perturb && { perturb }),
    });
    return count === 1 ? [logits] : tf.split(logits, count, 0);
  }

  /**
   * Random numbers for every element of the token embeddings, padding included: float32 [rows, length, width].
   * They depend on seed, step and name alone; who asks again is given the same tensor. The context disposes of it.
   */
  noise(distribution: NoiseDistribution, name: string): tf.Tensor3D {
    const key = `${distribution} ${name}`;
    const known = this.noises.get(key);
    if (known) return known;
    const shape = this.embeddingShape();
    const values = this.drawNoise(distribution, name, tf.util.sizeFromShape(shape));
    const noise = tf.keep(tf.tensor3d(values, shape));
    this.noises.set(key, noise);
    return noise;
  }

  /** What an embedding perturbation has the shape of: [rows, length, width]. */
  embeddingShape(): [rows: number, length: number, width: number] {
    const { rows, length } = this.options.batch;
    const [name] = [...this.roles].find(([, { kind }]) => kind === 'token-embeddings') ?? [];
    if (name === undefined) throw new Error('The model has no table of token embeddings to perturb.');
    return [rows, length, this.parameter(name).shape[1] as number];
  }

  /** 1 for a real token, 0 for padding: float32 [rows, length]. */
  tokenMask(): tf.Tensor2D {
    return this.pass(1, 0).tensors.mask;
  }

  /** ∂f/∂w by name for the parameters named (all of them by default); those that f does not depend on are left out. */
  gradientsOf(f: () => tf.Scalar, names: Iterable<string> = this.parameters.keys()) {
    const { value, gradients } = this.differentiate(f, [], names);
    return { value, gradients };
  }

  /** ∂f/∂x at x, a tensor that is no parameter (a perturbation). The parameters' gradients are not asked for. */
  gradientAt<T extends tf.Tensor>(x: T, f: (x: T) => tf.Scalar): { value: tf.Scalar; gradient: T } {
    const { value, others } = this.differentiate(() => f(x), [x], []);
    return { value, gradient: others[0] as T };
  }

  /** ∂f/∂w for all parameters and ∂f/∂x at x, from one backward pass. */
  gradientsWith<T extends tf.Tensor>(x: T, f: (x: T) => tf.Scalar) {
    const { value, gradients, others } = this.differentiate(() => f(x), [x], this.parameters.keys());
    return { value, gradients, gradient: others[0] as T };
  }

  dispose(): void {
    tf.dispose([this.labels, this.targets, ...this.noises.values()]);
    for (const { tensors, masks } of this.passes.values()) {
      disposeBatch(tensors);
      masks.dispose();
    }
    this.passes.clear();
    this.noises.clear();
  }

  /** Masks of a draw for `count` passes at once; a test that is given its masks overrides this. */
  protected drawMasks(count: number, draw: number): DropoutMasks {
    const { seed, step } = this.options;
    return new DropoutMasks(RandomStream.of(seed, 'dropout', step, count, ...(draw === 0 ? [] : [draw])));
  }

  /** The elements of `noise`; a test that is given its noise overrides this. */
  protected drawNoise(distribution: NoiseDistribution, name: string, count: number): Float32Array {
    const { seed, step } = this.options;
    return drawNoise(RandomStream.of(seed, 'noise', step, name), distribution, count);
  }

  /** Not tf.variableGrads, which knows of no other tensors than variables. */
  private differentiate(f: () => tf.Scalar, tensors: readonly tf.Tensor[], names: Iterable<string>) {
    const wanted = [...names]
      .map((name) => ({ name, variable: this.parameter(name) }))
      .filter(({ variable }) => variable.trainable);
    const inputs = [...wanted.map(({ variable }) => variable), ...tensors];
    const { value, grads } = tf.engine().gradients(f, inputs, undefined, true);
    // The declared type is wrong: there is none for what f does not depend on.
    const found: readonly (tf.Tensor | null)[] = grads;
    const gradients = new Map<string, tf.Tensor>();
    wanted.forEach(({ name }, i) => {
      const gradient = found[i];
      if (gradient) gradients.set(name, gradient);
    });
    return { value, gradients, others: grads.slice(wanted.length) };
  }

  private parameter(name: string): tf.Variable {
    const variable = this.parameters.get(name);
    if (!variable) throw new Error(`The model has no parameter '${name}'.`);
    return variable;
  }

  /** Batch and masks for `count` passes at once; kept, since the first to ask may be inside a gradient's scope. */
  private pass(count: number, draw: number): Pass {
    const key = `${count} ${draw}`;
    const known = this.passes.get(key);
    if (known) return known;
    const tensors = toTensors(this.options.batch, count);
    for (const tensor of [tensors.ids, tensors.typeIds, tensors.mask]) tf.keep(tensor);
    const pass = { tensors, masks: this.drawMasks(count, draw) };
    this.passes.set(key, pass);
    return pass;
  }
}

/** One-hot rows, row-major [labels, classes]. */
function oneHot(labels: Int32Array, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => (rows[row * classes + label] = 1));
  return rows;
}
