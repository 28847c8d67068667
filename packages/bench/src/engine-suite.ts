import { describeError } from '@rose/foundation';
import { describeMachine } from './describe-machine.js';
import { type Ceiling, measurePoint } from './measure-point.js';
import { ceilingMeasurement } from './measurements.js';
import { choosePoints } from './points.js';
import { BenchProgram } from './program.js';
import type { CeilingTask } from './tasks/protocol.js';
import { Report } from './report.js';
import type { Measured } from './rounds.js';
import type { BenchSuite } from './suite.js';

/** Of the sizes tried the fastest on ONNX Runtime: its operands fit into the caches (at [2048, 2048] it is a third slower). */
const product = { rows: 2048, inner: 1536, columns: 384 };

/** Training and inference at several sizes, beside the rate of matrix products on this machine. */
export const engineSuite: BenchSuite = {
  name: 'engine',
  description: 'training, inference, optimizer and compilation of encoders',
  takes: ['models', 'benches', 'points', 'with', 'against'],
  async run(options) {
    const points = choosePoints(options);
    describeMachine(options);
    const task: CeilingTask = { bench: 'ceiling', ...product, threads: options.threads };
    const { program } = await BenchProgram.start(options.ours, task);
    const ceiling: Ceiling = { task, program };
    const report = new Report(options);
    const products: Measured[] = [];
    let complete = true;
    try {
      for (const point of points) {
        try {
          const measured = await measurePoint(point, ceiling, options);
          products.push(measured.ceiling);
          await report.add(measured.ours, measured.rival);
        } catch (error) {
          complete = false;
          options.print(`${point.bench} ${point.model} ${point.batch}×${point.length}: ${describeError(error)}`);
        }
      }
    } finally {
      await program.end();
    }
    const last = products.at(-1);
    if (last)
      await report.add([ceilingMeasurement(task, { ...last, rounds: products.flatMap(({ rounds }) => rounds) })]);
    return complete;
  },
};
