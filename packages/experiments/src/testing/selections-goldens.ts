import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OptimizerSettings, ParameterState } from '@rose/fine-tuning';
import type { RandomStream } from '@rose/foundation';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** One variant with its settings, which are sections of an experiment. */
interface GoldenCase {
  readonly variant: string;
  readonly rose?: object;
  readonly childTuning?: object;
  readonly topLayers?: object;
  readonly mixout?: object;
  /** Steps during which nothing is masked. */
  readonly warmup?: number;
  readonly losses: number[];
  /** base64 of float32: norm, projection and samples of weights, momentum and variance of each parameter. */
  readonly expected: string;
}

/** What `tools/goldens/selections_goldens.py` wrote. */
export interface SelectionsGoldens {
  readonly settings: OptimizerSettings & {
    readonly maxGradientNorm: number;
    readonly learningRates: number[];
    readonly klDropout: number;
    readonly fisherBatches: number[][];
    readonly samples: number;
  };
  readonly bits: Readonly<Record<string, string>>;
  readonly cases: GoldenCase[];
}

interface EncoderGoldens {
  readonly examples: string[][];
  readonly labels: number[];
}

const readJson = <T>(file: string) => JSON.parse(readFileSync(path(file), 'utf8')) as T;

export const readSelectionsGoldens = () => readJson<SelectionsGoldens>('fixtures/selections-goldens.json');

export function goldenExamples() {
  const { examples, labels } = readJson<EncoderGoldens>(
    '../../../encoders/src/testing/fixtures/tiny-bert-goldens.json',
  );
  return examples.map((texts, id) => ({ id, texts, label: labels[id] ?? 0 }));
}

/** A stream that gives the ones and zeros that PyTorch drew under these labels: its seed apart, `dropout/3/2@0.9`. */
export function recordedStream(
  bits: SelectionsGoldens['bits'],
  [, ...labels]: readonly (string | number)[],
): Pick<RandomStream, 'bernoulli' | 'fillBernoulli'> {
  let position = 0;
  const fillBernoulli = (mask: Uint8Array, keep: number): Uint8Array => {
    if (keep === 1) return mask.fill(1);
    const name = `${labels.join('/')}@${keep}`;
    const packed = bits[name];
    if (packed === undefined) throw new Error(`PyTorch drew nothing named ${name}.`);
    const bytes = Buffer.from(packed, 'base64');
    for (let i = 0; i < mask.length; i++, position++) mask[i] = ((bytes[position >> 3] ?? 0) >> (position & 7)) & 1;
    if (position > 8 * bytes.length) throw new Error(`PyTorch drew fewer numbers named ${name} than are asked for.`);
    return mask;
  };
  return { fillBernoulli, bernoulli: (length, keep) => fillBernoulli(new Uint8Array(length), keep) };
}

/** Norm, Σ x_i cos(i + 1), and elements evenly spaced: the projection changes with every element. */
export function digest(values: ArrayLike<number>, samples: number): number[] {
  let [squares, projection] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number;
    squares += x * x;
    projection += x * Math.cos(i + 1);
  }
  const at = Array.from({ length: samples }, (_, i) => Math.floor((i * (values.length - 1)) / (samples - 1)));
  return [Math.sqrt(squares), projection, ...at.map((i) => values[i] as number)];
}

/** The digests of a case, by kind and parameter. */
export function* expectedDigests(
  { expected }: GoldenCase,
  { parameters, samples }: { readonly parameters: Iterable<string>; readonly samples: number },
): Generator<{ readonly parameter: string; readonly kind: keyof ParameterState; readonly values: number[] }> {
  const bytes = Buffer.from(expected, 'base64');
  const floats = Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
  const length = 2 + samples;
  let at = 0;
  for (const parameter of parameters) {
    for (const kind of ['weights', 'momentum', 'variance'] as const) {
      yield { parameter, kind, values: floats.slice(at, (at += length)) };
    }
  }
}
