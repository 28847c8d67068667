import type { BertShape } from '@rose/encoders/internal';
import { type LastLayer, forwardFlops, productFlops, trainFlops } from './tasks/flops.js';
import type { BenchLine } from './lines.js';
import type { Point } from './points.js';
import type { CeilingTask, Ready, Timing } from './tasks/protocol.js';
import type { Measured } from './rounds.js';
import { median, rounded, summarise } from './statistics.js';

/** One line with the times behind it, round by round. */
export interface Measurement {
  readonly line: BenchLine;
  readonly rounds: readonly (readonly number[])[];
}

/** GFLOP/s of the median; 10⁶ operations a millisecond are one. */
const gflops = (flops: number, ms: readonly number[]): number => flops / median(ms) / 1e6;

const timesOf = ({ rounds }: Measured, part: keyof Timing): number[][] =>
  rounds.map((round) => round.flatMap((timing) => timing[part] ?? []));

/** The part of a repeat that matrix products are in. */
const forwardAndBackward = ({ ms, optimizerMs = 0 }: Timing): number => ms - optimizerMs;

const memoryOf = ({ peakRssMiB }: Measured) => ({ peakRssMiB: rounded(peakRssMiB, 1) });

const nameOf = ({ ready, variant }: Ready) => ({ program: ready, ...(variant === undefined ? {} : { variant }) });

export const ceilingRate = ({ rows, inner, columns }: CeilingTask, measured: Measured): number =>
  gflops(productFlops(rows, inner, columns), timesOf(measured, 'ms').flat());

export function ceilingMeasurement(task: CeilingTask, measured: Measured): Measurement {
  const rounds = timesOf(measured, 'ms');
  const rate = rounded(ceilingRate(task, measured), 1);
  return { rounds, line: { bench: 'ceiling', ...summarise(rounds.flat()), gflops: rate, ...memoryOf(measured) } };
}

export interface PointResult {
  readonly point: Point;
  readonly shape: BertShape;
  readonly measured: Measured;
  /** GFLOP/s of the ceiling in the same rounds. */
  readonly ceiling: number;
  /** What another program says of itself. */
  readonly ready?: Ready;
}

/** The lines of one program at one point; a training point has one for the optimizer too. */
export function pointMeasurements({ point, shape, measured, ceiling, ready }: PointResult): Measurement[] {
  const { bench, ...where } = point;
  const rounds = timesOf(measured, 'ms');
  const ms = rounds.flat();
  const common = { ...where, ...summarise(ms) };
  const rest = { ...memoryOf(measured), ...(ready ? nameOf(ready) : {}) };
  if (bench === 'compile') {
    const parts = (['traceMs', 'compileMs'] as const).flatMap((part) => {
      const times = timesOf(measured, part).flat();
      return times.length > 0 ? [[part, rounded(median(times), 3)] as const] : [];
    });
    return [{ rounds, line: { bench, ...common, ...Object.fromEntries(parts), ...rest } }];
  }
  // Ours leaves out what no head reads; another program is taken to compute the textbook's encoder.
  const lastLayer: LastLayer = ready ? 'all tokens' : 'first token';
  const flops = bench === 'train' ? trainFlops(shape, point, lastLayer) : forwardFlops(shape, point, lastLayer);
  const speed = {
    tokensPerSecond: rounded((1000 * point.batch * point.length) / median(ms), 1),
    ceilingShare: rounded(gflops(flops, measured.rounds.flat().map(forwardAndBackward)) / ceiling, 4),
  };
  const whole: Measurement = { rounds, line: { bench, ...common, ...speed, ...rest } };
  const updates = timesOf(measured, 'optimizerMs');
  if (bench === 'inference' || updates.flat().length === 0) return [whole];
  const optimizer: Measurement = {
    rounds: updates,
    line: {
      bench: 'optimizer',
      ...where,
      ...summarise(updates.flat()),
      stepShare: rounded(median(updates.flat()) / median(ms), 4),
      ...rest,
    },
  };
  return [whole, optimizer];
}
