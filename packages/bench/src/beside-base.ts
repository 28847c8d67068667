import { BenchProgram } from './program.js';
import type { Task } from './tasks/protocol.js';
import { type Ratio, ratioOfRounds } from './ratios.js';
import { type Contestant, type Measured, takeTurns } from './rounds.js';
import { type Summary, summarise } from './statistics.js';
import type { BenchOptions } from './suite.js';

/** One kind of step beside the base, both measured in turns. */
export interface BesideBase {
  readonly ms: Summary;
  /** How many times as long as the base it takes. */
  readonly ratio: Ratio;
  readonly peakRssMiB: number;
}

export interface BaseAndOthers {
  readonly base: Task;
  /** By the names that `onMeasured` is told. */
  readonly others: ReadonlyMap<string, Task>;
  readonly onMeasured: (name: string, measured: BesideBase) => Promise<void>;
}

/** Measures steps one after another, each in turns with the same base; every one has a process of its own. */
export async function measureBesideBase(
  { base, others, onMeasured }: BaseAndOthers,
  options: BenchOptions,
): Promise<void> {
  const first = await contestant(options, base);
  try {
    for (const [name, task] of others) {
      const other = await contestant(options, task);
      try {
        const [usual, own] = (await takeTurns([first, other], options.repeats)) as [Measured, Measured];
        const [baseMs, ownMs] = [msOf(usual), msOf(own)];
        const ratio = ratioOfRounds(ownMs, baseMs);
        await onMeasured(name, { ms: summarise(ownMs.flat()), ratio, peakRssMiB: own.peakRssMiB });
      } finally {
        await other.program.end();
      }
    }
  } finally {
    await first.program.end();
  }
}

async function contestant(options: BenchOptions, task: Task): Promise<Contestant & { program: BenchProgram }> {
  const { program } = await BenchProgram.start(options.ours, task);
  return { program, warmup: 1, firstWarmup: 2 };
}

const msOf = ({ rounds }: Measured): number[][] => rounds.map((timings) => timings.map(({ ms }) => ms));

/** A row of the table that both suites of this kind print. */
export const besideBaseRow = (name: string, ...numbers: string[]): string =>
  `${name.padEnd(20)} ${numbers.map((text) => text.padStart(24)).join(' ')}`;

/** `512 (498 … 541)` */
export const describeTimes = ({ msMedian, msMin, msMax }: Summary): string =>
  `${msMedian.toFixed(0)} (${msMin.toFixed(0)} … ${msMax.toFixed(0)})`;
