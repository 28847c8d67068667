import type { Victim } from '@rose/attacks';

/** A victim ready to be attacked, and what it is. */
export interface OpenedVictim {
  readonly victim: Victim;
  /** Plain data for the results: kind, name, and a hash of its files where it has some. */
  readonly description: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/** What a victim has to answer. */
export interface VictimTask {
  /** The task's labels, in its order. */
  readonly labels: readonly string[];
  /** The victim's names for them in that order, where a user has given them (`--labels`). */
  readonly victimLabels?: readonly string[] | undefined;
}

/** Rows in the task's order of labels. */
export const reordered = (rows: readonly ArrayLike<number>[], order: readonly number[]): number[][] =>
  rows.map((row) => order.map((column) => row[column] ?? NaN));
