import type { Victim } from '@rose/attacks';
import type { Descriptor, Settings, SettingsOf } from '@rose/foundation';
import { z } from 'zod';

/** A victim ready to be attacked, and what it is. */
export interface OpenedVictim {
  readonly victim: Victim;
  /** Plain data for the results: kind, name, and a hash of its files where it has some. */
  readonly description: Readonly<Record<string, string>>;
  /** What opening it has found worth saying. */
  readonly notes?: readonly string[];
  dispose(): Promise<void>;
}

/** What a victim has to answer. */
export interface VictimTask {
  /** The task's labels, in its order. */
  readonly labels: readonly string[];
  /** The victim's names for them in that order, where a user has given them. */
  readonly victimLabels?: readonly string[] | undefined;
}

export interface VictimRequest extends VictimTask {
  /** A folder, a name, a file or a URL. */
  readonly source: string;
  /** Threads that it may compute with, where it can be told. */
  readonly threads: number;
}

/** One kind of thing that can be attacked. */
export interface VictimKind<S extends Settings = Settings> extends Descriptor {
  readonly settings: S;
  /** Whether it has use for the victim's own names of the labels; a function answers in the task's order. */
  readonly takesLabels: boolean;
  /** Whether it computes on the backend of tensors that has been started; the others compute for themselves. */
  readonly onBackend?: boolean;
  /** Whether a source that names no kind is one of these; kinds are asked in their order. */
  recognises(source: string): boolean | Promise<boolean>;
  /** Whether its settings' `timeout` is a matter of its own; otherwise calls are cut off from outside. */
  readonly ownTimeout?: boolean;
  open(request: VictimRequest, settings: SettingsOf<S>): Promise<OpenedVictim>;
}

/** A kind of victim; its settings' types follow from their schema. */
export const defineVictim = <S extends Settings>(kind: VictimKind<S>): VictimKind<S> => kind;

/** What can be set of every victim. */
export const callSettings = {
  batchSize: z.int().min(1).exactOptional().describe('Texts a call at most; each kind has its own number'),
  callsAtOnce: z.int().min(1).exactOptional().describe('Calls under way at once at most'),
  timeout: z.number().positive().exactOptional().describe('Seconds that a call may take'),
};

/** Rows in the task's order of labels. */
export const reordered = (rows: readonly ArrayLike<number>[], order: readonly number[]): number[][] =>
  rows.map((row) => order.map((column) => row[column] ?? NaN));
