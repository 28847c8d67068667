import { DropoutMasks, type TextClassifier } from '@rose/encoders';
import { type NoiseDistribution, StepContext } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import type { Goldens } from './goldens.js';

export interface Recording {
  readonly goldens: Goldens;
  /** Which step, counted from 0. */
  readonly index: number;
  readonly noise: Readonly<Record<NoiseDistribution, Float32Array>>;
}

/** A step whose batch, dropout masks and noise are those that PyTorch was given. */
export class RecordedContext extends StepContext {
  constructor(
    model: TextClassifier,
    private readonly recording: Recording,
  ) {
    const { goldens, index } = recording;
    const { rows, length, rate } = goldens;
    const step = stepOf(recording);
    super({
      model,
      batch: {
        rows,
        length,
        ids: Int32Array.from(step.ids),
        typeIds: Int32Array.from(step.types),
        mask: Float32Array.from(step.mask),
      },
      labels: Int32Array.from(step.labels),
      seed: 0,
      step: index + 1,
      dropoutRate: rate,
    });
  }

  protected override drawNoise(distribution: NoiseDistribution): Float32Array {
    return this.recording.noise[distribution];
  }

  /** Two passes at once get the masks of the first two, one below the other. */
  protected override drawMasks(count: number, draw: number): DropoutMasks {
    const drawn = stepOf(this.recording).masks.slice(draw, draw + count);
    const sites = this.recording.goldens.maskShapes.map(([rows = 0, ...rest], site) => {
      const bits = drawn.flatMap((masks) => bitsOf(masks[site] ?? '', tf.util.sizeFromShape([rows, ...rest])));
      return tf.keep(tf.tensor(bits, [count * rows, ...rest], 'bool'));
    });
    return new RecordedMasks(sites);
  }
}

class RecordedMasks extends DropoutMasks {
  private site = 0;

  constructor(private readonly sites: readonly tf.Tensor[]) {
    super(RandomStream.of('nothing is drawn'));
  }

  override next(shape: readonly number[]): tf.Tensor {
    const mask = this.sites[this.site++];
    if (!mask || !tf.util.arraysEqual(mask.shape, [...shape])) {
      throw new Error(`The recorded mask ${this.site - 1} is [${mask?.shape}], asked for is [${shape}].`);
    }
    return mask;
  }

  override rewind(): void {
    this.site = 0;
  }

  override dispose(): void {
    tf.dispose([...this.sites]);
  }
}

const stepOf = ({ goldens, index }: Recording) => {
  const step = goldens.steps[index];
  if (!step) throw new Error(`The goldens have no step ${index}.`);
  return step;
};

function bitsOf(packed: string, count: number): number[] {
  const bytes = Buffer.from(packed, 'base64');
  return Array.from({ length: count }, (_, i) => ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1);
}
