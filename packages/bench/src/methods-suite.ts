import { besideBaseRow, describeTimes, measureBesideBase } from './beside-base.js';
import { describeMachine } from './describe-machine.js';
import { findMethod, measuredMethods } from './tasks/find-method.js';
import { findShape } from './tasks/models.js';
import { choosePoints } from './points.js';
import type { MethodTask } from './tasks/protocol.js';
import { describeRatio } from './ratios.js';
import { rounded } from './statistics.js';
import type { BenchSuite } from './suite.js';

/** Each method's training step as a multiple of vanilla's, both measured in turns; preparations are not measured. */
export const methodsSuite: BenchSuite = {
  name: 'methods',
  description: 'a training step of each method, in steps of vanilla',
  async run(options) {
    const points = choosePoints({ ...options, models: options.models ?? ['minilm'], benches: ['train'] });
    const chosen = options.variants ?? measuredMethods();
    // An unknown name is found out before anything is measured.
    for (const variant of chosen) findMethod(variant);
    const [point] = options.points ? points : points.filter(({ batch, length }) => batch === 32 && length === 32);
    if (!point) return true;
    const { model, batch, length } = point;
    const task = (variant: string): MethodTask => {
      const shape = { max_position_embeddings: 512, type_vocab_size: 2, ...findShape(model) };
      return { bench: 'method', variant, shape, batch, length, threads: options.threads };
    };
    describeMachine(options);
    options.print(`${model}, ${batch} rows of ${length} tokens; expected: passes forward and backward by theory`);
    options.print(besideBaseRow('variant', 'ms, median (min … max)', 'times vanilla', 'expected'));
    await measureBesideBase(
      {
        base: task('vanilla'),
        others: new Map(chosen.map((variant) => [variant, task(variant)])),
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
    return true;
  },
};
