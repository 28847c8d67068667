import { besideBaseRow, describeTimes, measureBesideBase } from './beside-base.js';
import { describeMachine } from './describe-machine.js';
import { findFusion, fusions } from './fusions.js';
import { findShape } from './tasks/models.js';
import { type Point, choosePoints } from './points.js';
import { type Task, taskSchema } from './tasks/protocol.js';
import { describeRatio } from './ratios.js';
import { rounded } from './statistics.js';
import type { BenchOptions, BenchSuite } from './suite.js';

/** What each fusion gains: a vanilla training step without it as a multiple of the step with all, both measured in turns. */
export const fusionsSuite: BenchSuite = {
  name: 'fusions',
  description: 'a training step without each fusion, in steps with all',
  takes: ['models', 'points', 'fusions'],
  async run(options) {
    const { models = ['minilm'], points = ['32x32'] } = options;
    const chosen = options.fusions ?? [...fusions.keys()];
    // An unknown name is found out before anything is measured.
    for (const name of chosen) findFusion(name);
    describeMachine(options);
    for (const point of choosePoints({ ...options, models, points, benches: ['train'] })) {
      await measureFusions(chosen, point, options);
    }
    return true;
  },
};

async function measureFusions(names: readonly string[], point: Point, options: BenchOptions): Promise<void> {
  const { model, batch, length } = point;
  const full = { bench: 'train', shape: findShape(model), batch, length, threads: options.threads };
  const without = (name: string): Task => taskSchema.parse({ ...full, without: name });
  options.print(`${model}, ${batch} rows of ${length} tokens`);
  options.print(besideBaseRow('without', 'ms, median (min … max)', 'times the full step'));
  await measureBesideBase(
    {
      base: taskSchema.parse(full),
      others: new Map(names.map((name) => [name, without(name)])),
      onMeasured: async (name, { ms, ratio, peakRssMiB }) => {
        options.print(besideBaseRow(name, describeTimes(ms), describeRatio(ratio)));
        await options.onLine(
          {
            bench: 'fusion',
            without: name,
            model,
            batch,
            length,
            ...ms,
            timesFull: rounded(ratio.ratio, 3),
            timesFullMin: rounded(ratio.low, 3),
            timesFullMax: rounded(ratio.high, 3),
            peakRssMiB: rounded(peakRssMiB, 1),
          },
          'ours',
        );
      },
    },
    options,
  );
}
