import { DropoutMasks } from '@rose/encoders';
import { StepContext } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';

/** The masks that PyTorch was given. For the last layer ours may ask for those of the first tokens alone. */
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
    const size = tf.util.sizeFromShape([...shape]);
    if (size === mask.size) return tf.reshape(mask, [...shape]);
    // Tokens are the last axis but one.
    const first = full.map((length, axis) => (axis === full.length - 2 ? 1 : length));
    if (full.length < 3 || size !== tf.util.sizeFromShape(first)) {
      throw new Error(
        `Place ${place} drops [${full.join(', ')}] in transformers; ours asks for [${shape.join(', ')}].`,
      );
    }
    return tf.reshape(
      tf.slice(
        mask,
        full.map(() => 0),
        first,
      ),
      [...shape],
    );
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
