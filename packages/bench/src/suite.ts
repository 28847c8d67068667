import type { BenchLine } from './lines.js';
import type { PointChoice } from './points.js';
import type { Command } from './program.js';

export interface BenchOptions extends PointChoice {
  readonly threads: number;
  readonly repeats: number;
  /** Suite `methods`: which variants; those of the paper's comparison by default. */
  readonly variants?: readonly string[] | undefined;
  /** Suite `fusions`: which to do without, one after another; all by default. */
  readonly fusions?: readonly string[] | undefined;
  readonly backend: string;
  /** How to start our side of the protocol: a process that calls `serve`. */
  readonly ours: Command;
  /** Another program that speaks the protocol, measured in turns with ours. */
  readonly with?: Command | undefined;
  /** Measurements of another program, by `lineKey`. */
  readonly against?: ReadonlyMap<string, BenchLine> | undefined;
  readonly print: (text: string) => void;
  /** Takes each of our measurements as it is made, and each of the other program's. */
  readonly onLine: (line: BenchLine, whose: 'ours' | 'theirs') => Promise<void>;
}

/** What can be chosen of some suites, and has no use in others. */
export type BenchChoice = 'models' | 'benches' | 'points' | 'variants' | 'fusions' | 'with' | 'against';

/** A set of things to measure. It prints a table as it goes. */
export interface BenchSuite {
  readonly name: string;
  readonly description: string;
  /** What can be chosen of it. */
  readonly takes: readonly BenchChoice[];
  /** @returns whether everything could be measured */
  run(options: BenchOptions): Promise<boolean>;
}
