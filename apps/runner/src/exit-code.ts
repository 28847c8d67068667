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
