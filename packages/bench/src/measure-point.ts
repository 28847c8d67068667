import { ceilingRate, pointMeasurements, type Measurement } from './measurements.js';
import { findShape } from './tasks/models.js';
import type { Point } from './points.js';
import { BenchProgram, type Command } from './program.js';
import { type CeilingTask, type PointTask, type Ready, taskSchema } from './tasks/protocol.js';
import type { Rival } from './report.js';
import { type Contestant, type Measured, takeTurns } from './rounds.js';
import type { BenchOptions } from './suite.js';

/** The process that knows the rate of matrix products on this machine; it lives as long as the suite. */
export interface Ceiling {
  readonly task: CeilingTask;
  readonly program: BenchProgram;
}

export interface MeasuredPoint {
  readonly ours: readonly Measurement[];
  readonly rival?: Rival;
  /** What the ceiling answered in the same rounds. */
  readonly ceiling: Measured;
}

/** Measures one point: the ceiling, ours and, where there is one, another program in turns, each in its own process. */
export async function measurePoint(point: Point, ceiling: Ceiling, options: BenchOptions): Promise<MeasuredPoint> {
  const { model, ...what } = point;
  const shape = findShape(model);
  const task = taskSchema.parse({ ...what, shape, threads: options.threads }) as PointTask;
  const ours = await contestant(options.ours, task);
  const started = [ours];
  try {
    const theirs = options.with && (await contestant(options.with, task));
    if (theirs) started.push(theirs);
    const turns: Contestant[] = [{ program: ceiling.program, warmup: 1, firstWarmup: 1 }, ...started];
    const [product, own, other] = (await takeTurns(turns, options.repeats)) as [Measured, Measured, Measured?];
    const common = { point, shape, ceiling: ceilingRate(ceiling.task, product) };
    const measured = { ceiling: product, ours: pointMeasurements({ ...common, measured: own }) };
    if (!theirs || !other) return measured;
    const measurements = pointMeasurements({ ...common, measured: other, ready: theirs.ready });
    return { ...measured, rival: { name: theirs.ready.ready, measurements } };
  } finally {
    for (const { program } of started) await program.end();
  }
}

/** Starts a program. Its first round is to leave compilation and first touches of memory behind. */
async function contestant(command: Command, task: PointTask) {
  const started: { program: BenchProgram; ready: Ready } = await BenchProgram.start(command, task);
  // A repeat of `compile` is a new shape: there is nothing to warm up but the process itself.
  return task.bench === 'compile'
    ? { ...started, warmup: 0, firstWarmup: 1 }
    : { ...started, warmup: 1, firstWarmup: 2 };
}
