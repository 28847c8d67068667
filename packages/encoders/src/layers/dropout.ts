import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '@rose/foundation';
import { DropoutArrays } from './dropout-arrays.js';

/** Two passes of a small BERT over 32 rows of 128 tokens have 111 MiB of masks. */
const spareBytes = 128 * 1024 * 1024;
const spares = new DropoutArrays(spareBytes);

interface Drawn {
  readonly mask: tf.Tensor;
  /** The elements of the mask. The tensor does not copy them. */
  readonly bits: Uint8Array;
  readonly rate: number;
}

/**
 * The dropout masks of one forward pass, in the order the model asks for them.
 *
 * Masks are drawn on the host, so they are the same on every backend and in a resumed run. They are kept: after `rewind()` a
 * second trace of the same forward pass gets the same tensor objects, so that an engine which compiles graphs can share the work.
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
   * @throws Error when a rewound pass asks for another shape or rate at this position
   */
  next(shape: readonly number[], rate: number): tf.Tensor {
    const { mask, rate: before } = (this.drawn[this.position] ??= this.draw(shape, rate));
    if (before !== rate || !tf.util.arraysEqual(mask.shape, [...shape])) {
      throw new Error(
        `Dropout mask ${this.position} was drawn as [${mask.shape}] at rate ${before} and is now asked for as [${shape}] at rate ${rate}: ` +
          'a rewound forward pass must be the same pass.',
      );
    }
    this.position++;
    return mask;
  }

  /** Starts the pass again. The masks drawn so far are returned again, in the same order. */
  rewind(): void {
    this.position = 0;
  }

  /**
   * Disposes of the masks. Later masks are written into their memory, so everything that depends on them must have been
   * computed by now, also on a lazy backend. Views of their memory, such as a slice, must not be used after this.
   * If a clone or a reshaped mask is still alive and the backend counts it (TensorFlow.js's own do), its memory is kept.
   */
  dispose(): void {
    const { tensorInfo } = tf.engine().state;
    for (const { mask, bits } of this.drawn) {
      mask.dispose();
      if (!tensorInfo.has(mask.dataId)) spares.give(bits);
    }
    this.drawn.length = 0;
    this.position = 0;
  }

  private draw(shape: readonly number[], rate: number): Drawn {
    const bits = this.stream.fillBernoulli(spares.take(tf.util.sizeFromShape([...shape])), 1 - rate);
    return { mask: tf.keep(tf.tensor(bits, [...shape], 'bool')), bits, rate };
  }
}
