import { setTimeout } from 'node:timers/promises';
import type { BenchProgram } from './program.js';
import type { Timing } from './tasks/protocol.js';

/** What a program has answered, round by round. */
export interface Measured {
  readonly rounds: Timing[][];
  peakRssMiB: number;
}

/** Repeats of one program in a row, before another has its turn. */
const inARow = 3;

/** Before each turn, in ms: the threads of the program before go on spinning for up to 90 ms, and would take half of the next one's cores. */
const rest = 200;

/** 7 → 3, 2, 2: as few rounds as may be, of about equal size. */
export function roundSizes(repeats: number): number[] {
  const rounds = Math.ceil(repeats / inARow);
  return Array.from({ length: rounds }, (_, i) => Math.floor((repeats + rounds - 1 - i) / rounds));
}

export interface Contestant {
  readonly program: Pick<BenchProgram, 'round'>;
  /** Untimed repeats that begin each round, and further ones before the first. */
  readonly warmup: number;
  readonly firstWarmup: number;
}

/**
 * Measures programs in turns: in every round each has a few repeats. A machine that drifts hurts all of them alike.
 * @returns what each has answered, in their order
 */
export async function takeTurns(contestants: readonly Contestant[], repeats: number): Promise<Measured[]> {
  const measured = contestants.map((): Measured => ({ rounds: [], peakRssMiB: 0 }));
  for (const [round, size] of roundSizes(repeats).entries()) {
    for (const [i, { program, warmup, firstWarmup }] of contestants.entries()) {
      await setTimeout(rest);
      const answer = await program.round({ warmup: round === 0 ? firstWarmup : warmup, repeats: size });
      measured[i]?.rounds.push(answer.repeats);
      if (measured[i]) measured[i].peakRssMiB = answer.peakRssMiB;
    }
  }
  return measured;
}
