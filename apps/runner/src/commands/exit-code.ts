import type { Ending } from '@rose/experiments';

/** How a command ends, for scripts and schedulers. */
export const ExitCode = {
  Done: 0,
  /** Some run failed; the others finished, and the table says which are missing. */
  Failed: 1,
  /** The request makes no sense. */
  Usage: 2,
  /** Interrupted and resumable: run the same command again (EX_TEMPFAIL). */
  Interrupted: 75,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

const codes: Readonly<Record<Ending, ExitCode>> = {
  done: ExitCode.Done,
  failed: ExitCode.Failed,
  interrupted: ExitCode.Interrupted,
};

/** The code that work ends with. */
export const exitCodeOf = (ending: Ending): ExitCode => codes[ending];
