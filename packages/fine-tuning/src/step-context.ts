import * as tf from '@tensorflow/tfjs-core';
import { RandomStream } from '@rose/foundation';
import {
  type BatchTensors,
  DropoutMasks,
  type TextClassifier,
  type TokenBatch,
  disposeBatch,
  toTensors,
} from '@rose/encoders';

interface Pass {
  readonly tensors: BatchTensors;
  readonly masks: DropoutMasks;
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
export class StepContext {
  readonly model: TextClassifier;
  /** Class ids, int32 [rows]. */
  readonly labels: tf.Tensor1D;
  /** The true classes as one-hot rows, float32 [rows, classes]. */
  readonly targets: tf.Tensor2D;
  /** The trainable parameters by name, in the model's order. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  private readonly passes = new Map<number, Pass>();

  constructor(private readonly options: StepContextOptions) {
    this.model = options.model;
    this.parameters = options.model.parameters;
    this.labels = tf.keep(tf.tensor1d(options.labels, 'int32'));
    this.targets = tf.keep(
      tf.tensor2d(oneHot(options.labels, options.model.classes), [options.batch.rows, options.model.classes]),
    );
  }

  /** Logits [rows, classes] of one forward pass with dropout. */
  dropoutPass(): tf.Tensor2D {
    return this.dropoutPasses(1)[0] as tf.Tensor2D;
  }

  /** Logits [rows, classes] of `count` forward passes of the same rows, each with dropout of its own, run as one batch. */
  dropoutPasses(count: number): tf.Tensor2D[] {
    const { tensors, masks } = this.pass(count);
    masks.rewind();
    const { dropoutRate } = this.options;
    const logits = this.model.logits(tensors, {
      dropout: masks,
      ...(dropoutRate === undefined ? {} : { dropoutRate }),
    });
    return count === 1 ? [logits] : tf.split(logits, count, 0);
  }

  /** ∂f/∂w by name for the parameters named (all of them by default); those that f does not depend on are left out. */
  gradientsOf(f: () => tf.Scalar, names: Iterable<string> = this.parameters.keys()) {
    const wanted = [...names].map((name) => ({ name, variable: this.parameter(name) }));
    const { value, grads } = tf.variableGrads(
      f,
      wanted.map(({ variable }) => variable),
    );
    const gradients = new Map<string, tf.Tensor>();
    for (const { name, variable } of wanted) {
      const gradient = grads[variable.name];
      if (gradient) gradients.set(name, gradient);
    }
    return { value, gradients };
  }

  dispose(): void {
    tf.dispose([this.labels, this.targets]);
    for (const { tensors, masks } of this.passes.values()) {
      disposeBatch(tensors);
      masks.dispose();
    }
    this.passes.clear();
  }

  private parameter(name: string): tf.Variable {
    const variable = this.parameters.get(name);
    if (!variable) throw new Error(`The model has no parameter '${name}'.`);
    return variable;
  }

  /** Batch and masks for `count` passes at once; kept, since the first to ask may be inside a gradient's scope. */
  private pass(count: number): Pass {
    const known = this.passes.get(count);
    if (known) return known;
    const { batch, seed, step } = this.options;
    const tensors = toTensors(batch, count);
    for (const tensor of [tensors.ids, tensors.typeIds, tensors.mask]) tf.keep(tensor);
    const pass = { tensors, masks: new DropoutMasks(RandomStream.of(seed, 'dropout', step, count)) };
    this.passes.set(count, pass);
    return pass;
  }
}

/** One-hot rows, row-major [labels, classes]. */
function oneHot(labels: Int32Array, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => (rows[row * classes + label] = 1));
  return rows;
}
