import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '@rose/foundation';
import { DropoutArrays } from './dropout-arrays.js';

/** Two passes of a small BERT over 32 rows of 128 tokens have 111 MiB of masks. */
const spareBytes = 128 * 1024 * 1024;
const spares = new DropoutArrays(spareBytes);

interface Drawn {
  readonly mask: tf.Tensor;
  /** The elements of the mask, which the tensor reads where they are. */
  readonly bits: Uint8Array;
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

  /** Starts the pass again: the masks drawn so far come again, in the same order. */
  rewind(): void {
    this.position = 0;
  }

  /**
   * Disposes of the masks; later masks are written into their memory. So whatever depends on them must have been computed,
   * also on a backend that at first only records, and nothing that reads their memory, as a slice may, can be used after.
   * Where a clone or a reshaped mask is alive and the backend counts it (tfjs' own do), its memory is left alone.
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
