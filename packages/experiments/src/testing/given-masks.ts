import { DropoutMasks } from '@rose/encoders';
import { StepContext } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';

/**
 * The masks that PyTorch was given. In the last layer ours may ask for those of the first tokens alone, and there of the
 * probabilities of the tokens that these see.
 */
export class GivenMasks extends DropoutMasks {
  private place = 0;
  private readonly given: tf.Tensor[] = [];

  /**
   * @param labels of the streams that they come from, one for each place at which transformers drops
   * @param shapes of theirs
   */
  constructor(
    private readonly labels: readonly (string | number)[],
    private readonly shapes: readonly (readonly number[])[],
  ) {
    super(RandomStream.of('not asked'));
  }

  override next(shape: readonly number[], rate: number): tf.Tensor {
    const place = this.place++;
    return (this.given[place] ??= tf.keep(tf.tidy(() => this.maskOf(place, shape, rate))));
  }

  override rewind(): void {
    this.place = 0;
  }

  override dispose(): void {
    tf.dispose(this.given);
    this.given.length = 0;
    this.place = 0;
  }

  private maskOf(place: number, shape: readonly number[], rate: number): tf.Tensor {
    const full = [...(this.shapes[place] ?? [])];
    const bits = RandomStream.of(...this.labels, place).bernoulli(tf.util.sizeFromShape(full), 1 - rate);
    const mask = tf.tensor(bits, full, 'bool');
    if (tf.util.sizeFromShape([...shape]) === mask.size) return tf.reshape(mask, [...shape]);
    // Of tokens [rows, length, width] ours asks for the first of each row, as [rows, width].
    const wanted = full.length === 3 && shape.length === 2 ? [shape[0] ?? 0, 1, shape[1] ?? 0] : [...shape];
    if (full.length !== wanted.length || full.some((most, axis) => (wanted[axis] ?? 0) > most)) {
      throw new Error(
        `Place ${place} drops [${full.join(', ')}] in transformers; ours asks for [${shape.join(', ')}].`,
      );
    }
    const start = full.map(() => 0);
    return tf.reshape(tf.slice(mask, start, wanted), [...shape]);
  }
}

/** A step whose masks are given. */
export class GivenContext extends StepContext {
  constructor(
    options: ConstructorParameters<typeof StepContext>[0],
    private readonly masks: DropoutMasks,
  ) {
    super(options);
  }

  protected override drawMasks(): DropoutMasks {
    return this.masks;
  }
}
