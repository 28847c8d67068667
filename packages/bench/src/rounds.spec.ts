import { describe, expect, it } from 'vitest';
import type { Round, RoundAnswer } from './tasks/protocol.js';
import { roundSizes, takeTurns } from './rounds.js';

describe('roundSizes', () => {
  it('shares the repeats out evenly', () => {
    expect(roundSizes(9)).toEqual([3, 3, 3]);
    expect(roundSizes(7)).toEqual([3, 2, 2]);
    expect(roundSizes(1)).toEqual([1]);
    for (let repeats = 1; repeats < 30; repeats++)
      expect(roundSizes(repeats).reduce((sum, size) => sum + size, 0)).toBe(repeats);
  });
});

describe('takeTurns', () => {
  it('lets each program have its turn in every round', async () => {
    const asked: string[] = [];
    let time = 0;
    const program = (name: string) => ({
      round: async ({ warmup, repeats }: Round): Promise<RoundAnswer> => {
        asked.push(`${name} ${warmup}+${repeats}`);
        return { repeats: Array.from({ length: repeats }, () => ({ ms: ++time })), peakRssMiB: 100 + time };
      },
    });
    const measured = await takeTurns(
      [
        { program: program('a'), warmup: 1, firstWarmup: 2 },
        { program: program('b'), warmup: 0, firstWarmup: 1 },
      ],
      4,
    );
    expect(asked).toEqual(['a 2+2', 'b 1+2', 'a 1+2', 'b 0+2']);
    expect(measured).toEqual([
      {
        rounds: [
          [{ ms: 1 }, { ms: 2 }],
          [{ ms: 5 }, { ms: 6 }],
        ],
        peakRssMiB: 106,
      },
      {
        rounds: [
          [{ ms: 3 }, { ms: 4 }],
          [{ ms: 7 }, { ms: 8 }],
        ],
        peakRssMiB: 108,
      },
    ]);
  });
});
