import { besideBaseRow, describeTimes, measureBesideBase } from './beside-base.js';
import { describeMachine } from './describe-machine.js';
import { findMethod, measuredMethods } from './tasks/find-method.js';
import { findShape } from './tasks/models.js';
import { type Point, choosePoints } from './points.js';
import type { MethodTask } from './tasks/protocol.js';
import { describeRatio } from './ratios.js';
import { rounded } from './statistics.js';
import type { BenchOptions, BenchSuite } from './suite.js';

/** Each method's training step as a multiple of vanilla's, both measured in turns; preparations are not measured. */
export const methodsSuite: BenchSuite = {
  name: 'methods',
  description: 'a training step of each method, in steps of vanilla',
  takes: ['models', 'points', 'variants'],
  async run(options) {
    const { models = ['minilm'], points = ['32x32'] } = options;
    const at = choosePoints({ ...options, models, points, benches: ['train'] });
    const chosen = options.variants ?? measuredMethods();
    // An unknown name is found out before anything is measured.
    for (const variant of chosen) findMethod(variant);
    describeMachine(options);
    for (const point of at) await measureMethods(chosen, point, options);
    return true;
  },
};

async function measureMethods(variants: readonly string[], point: Point, options: BenchOptions): Promise<void> {
  const { model, batch, length } = point;
  const task = (variant: string): MethodTask => {
    const shape = { max_position_embeddings: 512, type_vocab_size: 2, ...findShape(model) };
    return { bench: 'method', variant, shape, batch, length, threads: options.threads };
  };
  options.print(`${model}, ${batch} rows of ${length} tokens; expected: passes forward and backward by theory`);
  options.print(besideBaseRow('variant', 'ms, median (min … max)', 'times vanilla', 'expected'));
  await measureBesideBase(
    {
      base: task('vanilla'),
      others: new Map(variants.map((variant) => [variant, task(variant)])),
      onMeasured: async (variant, { ms, ratio, peakRssMiB }) => {
        const expected = findMethod(variant).cost;
        options.print(besideBaseRow(variant, describeTimes(ms), describeRatio(ratio), expected.toFixed(2)));
        await options.onLine(
          {
            bench: 'method',
            variant,
            model,
            batch,
            length,
            ...ms,
            timesVanilla: rounded(ratio.ratio, 3),
            timesVanillaMin: rounded(ratio.low, 3),
            timesVanillaMax: rounded(ratio.high, 3),
            timesExpected: rounded(expected, 3),
            peakRssMiB: rounded(peakRssMiB, 1),
          },
          'ours',
        );
      },
    },
    options,
  );
}
