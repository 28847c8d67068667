import { type AttackOutcome, renderOutcome } from '@rose/attacks';
import { formatDuration } from '@rose/foundation';

export interface AttackProgressOptions {
  readonly total: number;
  /** Examples of earlier attempts. */
  readonly done: number;
  readonly labels: readonly string[];
  /** Whether successes are shown as they come. */
  readonly diffs: boolean;
  /** Where people read, and whether they see colours. */
  readonly print: (text: string) => void;
  readonly colour: boolean;
  /** One line that changes, for a terminal; absent elsewhere. */
  readonly status?: ((line: string) => void) | undefined;
  readonly now?: () => number;
}

/** Seconds between lines where there is no line that changes. */
const PLAIN_SECONDS = 10;

/** Says what an attack has come to so far, and shows what it has found. */
export class AttackProgress {
  private readonly counts = { success: 0, failed: 0, skipped: 0, error: 0 };
  private readonly now: () => number;
  private readonly started: number;
  private said: number;

  constructor(private readonly options: AttackProgressOptions) {
    this.now = options.now ?? (() => performance.now());
    this.started = this.said = this.now();
  }

  add(outcome: AttackOutcome, done: number): void {
    const { diffs, print, colour, labels, status } = this.options;
    this.counts[outcome.status]++;
    if (outcome.status === 'error' || (diffs && outcome.status === 'success')) {
      status?.('');
      print(renderOutcome(outcome, { colour, labels }));
    }
    const now = this.now();
    if (status) status(this.line(done, now));
    else if (now - this.said > 1000 * PLAIN_SECONDS) {
      print(this.line(done, now));
      this.said = now;
    }
  }

  /** Clears the changing line. */
  close(): void {
    this.options.status?.('');
  }

  private line(done: number, now: number): string {
    const { total, done: before } = this.options;
    const seconds = (now - this.started) / 1000;
    const left = done > before ? ((total - done) * seconds) / (done - before) : 0;
    const { success, failed, skipped, error } = this.counts;
    const counts = `${success} succeeded, ${failed} failed, ${skipped} skipped, ${error} errors`;
    return `${done} of ${total}: ${counts}; ${formatDuration(left)} left`;
  }
}
