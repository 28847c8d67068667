import {
  AttackJournal,
  type AttackOutcome,
  type AttackRecipe,
  type Gauges,
  type JournalHeader,
  type Victim,
  measureOutcome,
  meteredVictim,
  runAttack,
} from '@rose/attacks';
import { InterruptedError, renamingOptions } from '@rose/foundation';
import type { Example } from '@rose/glue';
import { journalFile } from '../data/augment-with.js';

export interface AttackSessionOptions {
  readonly recipe: AttackRecipe;
  readonly victim: Victim;
  readonly examples: readonly Example[];
  readonly seed: number;
  readonly concurrency: number;
  readonly queryBudget?: number | undefined;
  readonly timeBudget?: number | undefined;
  readonly gauges: Gauges;
  /** Whether examples that ended in errors are attacked again. */
  readonly retryErrors: boolean;
  /** Whether results that are there already are begun anew. */
  readonly force: boolean;
  /** The folder of the results. */
  readonly out: string;
  readonly header: JournalHeader;
  /** Called for each outcome, those of earlier attempts left out. */
  readonly onOutcome: (outcome: AttackOutcome, done: number) => void;
  readonly signal: AbortSignal;
}

/** How the time of this attempt went. */
export interface Schedule {
  readonly seconds: number;
  readonly examplesPerMinute: number;
  /** The share of it in which the victim was at work. */
  readonly modelTimeShare: number;
  /** Calls of the victim, and the texts in them. */
  readonly calls: number;
  readonly texts: number;
  /** Examples that an earlier attempt had finished. */
  readonly resumed: number;
}

/**
 * Attacks what the journal in `out` does not have yet, and appends to it.
 * @returns the outcomes of all examples, in their order, and how the time went
 * @throws InterruptedError once the signal is aborted; the same call goes on from there
 */
export async function attackSession(
  options: AttackSessionOptions,
): Promise<{ outcomes: readonly AttackOutcome[]; schedule: Schedule }> {
  const { recipe, examples, seed, concurrency, queryBudget, timeBudget, gauges, signal } = options;
  const { victim, usage } = meteredVictim(options.victim);
  const { out, header, retryErrors, force } = options;
  const journal = await renamingOptions({ file: 'out' }, () =>
    AttackJournal.open({ file: journalFile(out), header, examples, retryErrors, anew: force }),
  );
  let done = journal.finished.length;
  const started = performance.now();
  try {
    for await (const outcome of runAttack({
      recipe,
      victim,
      examples: journal.remaining,
      seed,
      concurrency,
      ...(queryBudget !== undefined && { queryBudget }),
      ...(timeBudget !== undefined && { timeBudget }),
      signal,
    })) {
      const measured = await measureOutcome(outcome, gauges);
      await journal.append(measured);
      options.onOutcome(measured, ++done);
    }
  } finally {
    await journal.close();
  }
  if (signal.aborted && done < examples.length) throw new InterruptedError();
  const seconds = (performance.now() - started) / 1000;
  const { calls, texts, seconds: modelSeconds } = usage();
  return {
    outcomes: journal.outcomes,
    schedule: {
      seconds,
      examplesPerMinute: seconds > 0 ? (60 * journal.remaining.length) / seconds : 0,
      modelTimeShare: seconds > 0 ? modelSeconds / seconds : 0,
      calls,
      texts,
      resumed: journal.finished.length,
    },
  };
}
