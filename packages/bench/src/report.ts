import { type BenchLine, lineKey } from './lines.js';
import type { Measurement } from './measurements.js';
import { ratioOfRounds, ratioOfSummaries } from './ratios.js';
import type { BenchOptions } from './suite.js';
import { type Comparison, tableHead, tableRow } from './table.js';

/** Measurements of another program from the very rounds in which ours were made. */
export interface Rival {
  readonly name: string;
  readonly measurements: readonly Measurement[];
}

/** Prints the table, row by row as it is measured, and hands on the lines. */
export class Report {
  private headed = false;

  constructor(private readonly options: BenchOptions) {}

  async add(ours: readonly Measurement[], rival?: Rival): Promise<void> {
    const { print, onLine } = this.options;
    if (!this.headed) print(tableHead(this.columns(rival)));
    this.headed = true;
    for (const measurement of ours) {
      print(tableRow(measurement.line, this.comparisons(measurement, rival)));
      await onLine(measurement.line, 'ours');
    }
    for (const { line } of rival?.measurements ?? []) await onLine(line, 'theirs');
  }

  /** What stands beside our own columns: the program measured in turns with ours, then that of the file. */
  private columns(rival: Rival | undefined): string[] {
    const { with: command, against } = this.options;
    return [...(command ? [rival?.name ?? 'the other'] : []), ...(against ? [programOf(against.values())] : [])];
  }

  private comparisons({ line, rounds }: Measurement, rival: Rival | undefined): (Comparison | undefined)[] {
    const { with: command, against } = this.options;
    const key = lineKey(line);
    const live = rival?.measurements.find((measurement) => lineKey(measurement.line) === key);
    const stored = against?.get(key);
    return [
      ...(command ? [live && { theirs: live.line, ratio: ratioOfRounds(live.rounds, rounds) }] : []),
      ...(against ? [stored && { theirs: stored, ratio: ratioOfSummaries(stored, line) }] : []),
    ];
  }
}

function programOf(lines: Iterable<BenchLine>): string {
  for (const { program } of lines) if (program !== undefined) return program;
  return 'the file';
}
