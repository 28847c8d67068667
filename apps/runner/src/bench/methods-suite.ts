import { findMethod } from './find-method.js';
import { findShape } from './models.js';
import { choosePoints } from './points.js';
import { BenchProgram } from './program.js';
import type { MethodTask } from './protocol.js';
import { describeRatio, ratioOfRounds } from './ratios.js';
import { type Contestant, type Measured, takeTurns } from './rounds.js';
import { rounded, summarise } from './statistics.js';
import type { BenchOptions, BenchSuite } from './suite.js';

/** What the paper compares, and what ROSE is added to. Methods with a preparation of their own cost no more a step. */
const variants = [
  'rose-first',
  'rose-second',
  'rose-ensemble',
  'r3f',
  'freelb',
  'pgd',
  'smart',
  'r-drop',
  'r3f+rose-ensemble',
  'freelb+rose-first',
];

/** Each method's training step as a multiple of vanilla's, both measured in turns. */
export const methodsSuite: BenchSuite = {
  name: 'methods',
  description: 'a training step of each method, in steps of vanilla',
  async run(options) {
    const points = choosePoints({ ...options, models: options.models ?? ['minilm'], benches: ['train'] });
    const chosen = options.variants ?? variants;
    // An unknown name is found out before anything is measured.
    for (const variant of chosen) findMethod(variant);
    const [point] = options.points ? points : points.filter(({ batch, length }) => batch === 32 && length === 32);
    if (!point) return true;
    const { model, batch, length } = point;
    const task = (variant: string): MethodTask => {
      const shape = { max_position_embeddings: 512, type_vocab_size: 2, ...findShape(model) };
      return { bench: 'method', variant, shape, batch, length, threads: options.threads };
    };
    options.print(`${model}, ${batch} rows of ${length} tokens; expected: passes forward and backward by theory`);
    options.print(row('variant', 'ms, median (min … max)', 'times vanilla', 'expected'));
    const vanilla = await contestant(options, task('vanilla'));
    try {
      for (const variant of chosen) {
        const method = await contestant(options, task(variant));
        try {
          const [base, own] = (await takeTurns([vanilla, method], options.repeats)) as [Measured, Measured];
          const [baseMs, ownMs] = [msOf(base), msOf(own)];
          const { ratio, low, high } = ratioOfRounds(ownMs, baseMs);
          const ms = summarise(ownMs.flat());
          const times = `${ms.msMedian.toFixed(0)} (${ms.msMin.toFixed(0)} … ${ms.msMax.toFixed(0)})`;
          options.print(row(variant, times, describeRatio({ ratio, low, high }), findMethod(variant).cost.toFixed(2)));
          await options.onLine(
            {
              bench: 'method',
              variant,
              model,
              batch,
              length,
              ...ms,
              timesVanilla: rounded(ratio, 3),
              timesVanillaMin: rounded(low, 3),
              timesVanillaMax: rounded(high, 3),
              peakRssMiB: rounded(own.peakRssMiB, 1),
            },
            'ours',
          );
        } finally {
          await method.program.end();
        }
      }
    } finally {
      await vanilla.program.end();
    }
    return true;
  },
};

async function contestant(options: BenchOptions, task: MethodTask): Promise<Contestant & { program: BenchProgram }> {
  const { program } = await BenchProgram.start(options.ours, task);
  return { program, warmup: 1, firstWarmup: 2 };
}

const msOf = ({ rounds }: Measured): number[][] => rounds.map((timings) => timings.map(({ ms }) => ms));

const row = (variant: string, ...numbers: string[]): string =>
  `${variant.padEnd(20)} ${numbers.map((text) => text.padStart(24)).join(' ')}`;
