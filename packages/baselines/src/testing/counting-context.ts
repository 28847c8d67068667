import type { TextClassifier } from '@rose/encoders';
import { StepContext } from '@rose/fine-tuning';
import type * as tf from '@tensorflow/tfjs-core';
import { batchOf, labels } from './sixteen-sentences.js';

/** Passes of a whole batch, in the letters of the cost tables. */
export interface PassCount {
  readonly F: number;
  readonly B: number;
  /** Backward to the input alone. */
  readonly Bx: number;
}

/**
 * Counts the passes that an engine with common sub-expressions has to compute: an unperturbed pass that is recorded again
 * with the same dropout masks counts once.
 */
export class CountingContext extends StepContext {
  private forward = 0;
  private backward = 0;
  private backwardToInput = 0;
  private recorded = 0;

  constructor(model: TextClassifier, step = 1) {
    const seen = new Set<unknown>();
    const logits: TextClassifier['logits'] = (batch, options = {}) => {
      const passes = batch.rows / labels.length;
      this.recorded += passes;
      if (options.perturb || !seen.has(options.dropout)) this.forward += passes;
      if (!options.perturb) seen.add(options.dropout);
      return model.logits(batch, options);
    };
    const counted = Object.create(model, { logits: { value: logits } }) as TextClassifier;
    super({ model: counted, batch: batchOf(model), labels, seed: 3, step });
  }

  get count(): PassCount {
    return { F: this.forward, B: this.backward, Bx: this.backwardToInput };
  }

  override gradientsOf(f: () => tf.Scalar, names?: Iterable<string>) {
    const before = this.recorded;
    const result = super.gradientsOf(f, names);
    this.backward += this.recorded - before;
    return result;
  }

  override gradientsWith<T extends tf.Tensor>(x: T, f: (x: T) => tf.Scalar) {
    const before = this.recorded;
    const result = super.gradientsWith(x, f);
    this.backward += this.recorded - before;
    return result;
  }

  override gradientAt<T extends tf.Tensor>(x: T, f: (x: T) => tf.Scalar) {
    const before = this.recorded;
    const result = super.gradientAt(x, f);
    this.backwardToInput += this.recorded - before;
    return result;
  }
}
