import type { Ending, PlannedRun, ProgressEvent, RunRecord, SweepObserver } from '@rose/experiments';
import { secondsOf } from '@rose/experiments/internal';
import { formatDuration } from '@rose/foundation';

export interface SweepProgressOptions {
  readonly runs: readonly PlannedRun[];
  /** Expected cost of a run in units of any size; only their ratios matter. */
  readonly costOf: (run: PlannedRun) => number;
  readonly suites: readonly string[];
  readonly write: (text: string) => void;
  /** A terminal gets one line that changes; anything else a new line every few seconds. */
  readonly interactive: boolean;
  readonly now?: () => number;
}

/** What training takes of a run until suites have been timed. */
const trainingShare = 0.6;

/** Seconds between lines where the output is no terminal. */
const plainSeconds = 10;

/** Shows what a sweep is doing and how long it will take: elapsed time scaled by the cost that is still to come. */
export class SweepProgress implements SweepObserver {
  private readonly started: number;
  private readonly now: () => number;
  private readonly total: number;
  private finishedCost = 0;
  private finishedRuns = 0;
  private readonly active = new Map<string, { run: PlannedRun; share: number; what: string }>();
  private lastLine = -Infinity;

  constructor(private readonly options: SweepProgressOptions) {
    this.now = options.now ?? Date.now;
    this.started = this.now();
    this.total = options.runs.reduce((sum, run) => sum + options.costOf(run), 0);
  }

  begin(run: PlannedRun): void {
    this.active.set(run.id, { run, share: 0, what: 'starting' });
    this.show();
  }

  update(run: PlannedRun, event: ProgressEvent): void {
    this.active.set(run.id, { run, share: this.shareOf(event), what: describe(event) });
    this.show();
  }

  /** A run has ended; its line stays. */
  end(run: PlannedRun, ending: Ending, told: Told): void {
    this.active.delete(run.id);
    this.finishedCost += this.options.costOf(run);
    this.finishedRuns += 1;
    this.print(`${run.id}: ${verdictOf(ending, told)}`);
    this.lastLine = -Infinity;
    if (this.options.interactive) this.show();
  }

  /** Clears the changing line. */
  close(): void {
    if (this.options.interactive) this.options.write('\r\x1b[K');
  }

  /** Seconds still to go, or undefined while nothing can be said. */
  secondsLeft(): number | undefined {
    const { costOf } = this.options;
    const done = [...this.active.values()].reduce(
      (sum, { run, share }) => sum + share * costOf(run),
      this.finishedCost,
    );
    if (done < 0.02 * this.total) return undefined;
    return ((this.now() - this.started) / 1000) * ((this.total - done) / done);
  }

  private shareOf(event: ProgressEvent): number {
    if (event.kind === 'train') return (trainingShare * event.step) / Math.max(1, event.steps);
    const { suites } = this.options;
    const before = Math.max(0, suites.indexOf(event.suite)) / suites.length;
    return trainingShare + (1 - trainingShare) * (before + event.done / Math.max(1, event.total) / suites.length);
  }

  private show(): void {
    const { interactive, write, runs } = this.options;
    if (!interactive && this.now() - this.lastLine < 1000 * plainSeconds) return;
    this.lastLine = this.now();
    const left = this.secondsLeft();
    const working = [...this.active.values()].map(({ run, what }) => `${run.id} ${what}`).join(' | ');
    const line = `[${this.finishedRuns}/${runs.length}, ${left === undefined ? 'time left unknown' : `${formatDuration(left)} left`}] ${working}`;
    write(interactive ? `\r\x1b[K${line.slice(0, (process.stdout.columns || 120) - 1)}` : `${line}\n`);
  }

  private print(line: string): void {
    this.options.write(`${this.options.interactive ? '\r\x1b[K' : ''}${line}\n`);
  }
}

interface Told {
  readonly record: RunRecord | undefined;
  readonly lastWords: string;
}

function verdictOf(ending: Ending, { record, lastWords }: Told): string {
  if (ending === 'interrupted') return 'interrupted, will be resumed';
  if (ending === 'done' && record?.training) {
    const dev = (100 * record.training.bestDevAccuracy).toFixed(1);
    return `done in ${formatDuration(secondsOf(record))}, dev ${dev} %`;
  }
  return `failed: ${(record?.state === 'failed' ? record.error : undefined) ?? lastWords.trim()}`;
}

function describe(event: ProgressEvent): string {
  if (event.kind === 'suite') return `${event.suite} ${event.done}/${event.total}`;
  const dev = event.devAccuracy === undefined ? '' : `, dev ${(100 * event.devAccuracy).toFixed(1)} %`;
  return `step ${event.step}/${event.steps}${dev}`;
}
