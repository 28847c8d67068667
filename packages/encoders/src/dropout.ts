import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '@rose/foundation';

interface Drawn {
  readonly mask: tf.Tensor;
  readonly rate: number;
}

/**
 * The dropout masks of one forward pass, in the order in which the model asks for them.
 *
 * Masks come from the host, so that every backend and every resumed run sees the same ones. They are drawn once and kept:
 * after `rewind()` a second trace of the same forward pass gets the very same tensors, by identity, and an engine that compiles
 * graphs shares the work of both.
 *
 * @example
 * const masks = new DropoutMasks(RandomStream.of(seed, 'dropout', step));
 * model.logits(batch, { dropout: masks });
 * masks.dispose();
 */
export class DropoutMasks {
  private readonly drawn: Drawn[] = [];
  private position = 0;

  constructor(private readonly stream: RandomStream) {}

  /**
   * The next mask: a bool tensor of `shape`, 1 with probability 1−rate.
   * @throws Error when the pass was rewound and now asks for another shape or rate at this position
   */
  next(shape: readonly number[], rate: number): tf.Tensor {
    const { mask, rate: before } = (this.drawn[this.position] ??= { mask: this.draw(shape, rate), rate });
    if (before !== rate || !tf.util.arraysEqual(mask.shape, [...shape])) {
      throw new Error(
        `Dropout mask ${this.position} was drawn as [${mask.shape}] at rate ${before} and is now asked for as [${shape}] at rate ${rate}: ` +
          'a rewound forward pass must be the same pass.',
      );
    }
    this.position++;
    return mask;
  }

  /** Starts the pass again: the masks drawn so far come again, in the same order. */
  rewind(): void {
    this.position = 0;
  }

  dispose(): void {
    tf.dispose(this.drawn.map(({ mask }) => mask));
    this.drawn.length = 0;
    this.position = 0;
  }

  private draw(shape: readonly number[], rate: number): tf.Tensor {
    const bits = this.stream.bernoulli(tf.util.sizeFromShape([...shape]), 1 - rate);
    return tf.keep(tf.tensor(bits, [...shape], 'bool'));
  }
}
