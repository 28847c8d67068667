import { expect, it } from 'vitest';
import { VictimError, checkedVictim, victimFrom } from './victim.js';
import type { Victim } from './victim.js';

const ask = (rows: readonly (readonly number[])[]) =>
  victimFrom('toy', () => Promise.resolve(rows)).probabilities([['good'], ['bad film']]);

it('passes distributions through, soft-max rounding included', async () => {
  const rows = [
    [0.25, 0.75],
    [0.9996, 0],
  ];
  expect(await ask(rows)).toEqual(rows);
});

it('makes plain rows of typed arrays', async () => {
  const rows = [Float32Array.of(0.25, 0.75), Float64Array.of(0.5, 0.5)] as unknown as number[][];
  expect(await ask(rows)).toEqual([
    [0.25, 0.75],
    [0.5, 0.5],
  ]);
});

it.each([
  ['too few rows', [[0.5, 0.5]], /1 rows for 2 texts/],
  [
    'too many rows',
    [
      [0.5, 0.5],
      [0.5, 0.5],
      [0.5, 0.5],
    ],
    /3 rows for 2 texts/,
  ],
  [
    'NaN',
    [
      [0.5, 0.5],
      [NaN, 1],
    ],
    /not a finite number.*"bad film"/,
  ],
  [
    'infinite',
    [
      [Infinity, 0],
      [0.5, 0.5],
    ],
    /not a finite number.*"good"/,
  ],
  [
    'logits',
    [
      [2.5, -1.5],
      [0.5, 0.5],
    ],
    /soft-max.*"good"/,
  ],
  [
    'negative though summing to 1',
    [
      [1.5, -0.5],
      [0.5, 0.5],
    ],
    /not a distribution/,
  ],
  [
    'rows of different lengths',
    [
      [0.5, 0.5],
      [0.2, 0.3, 0.5],
    ],
    /2 and 3 classes.*"bad film"/,
  ],
  ['rows that are none', [[0.5, 0.5], undefined as unknown as number[]], /not a row of probabilities.*"bad film"/],
  ['no rows at all', 'nothing' as unknown as number[][], /gave string/],
  ['one class', [[1], [1]], /at least two classes/],
  ['empty rows', [[], []], /at least two classes/],
])('refuses %s and says for which text', async (_, rows, message) => {
  await expect(ask(rows)).rejects.toThrow(VictimError);
  await expect(ask(rows)).rejects.toThrow(message);
});

it('checks gradients: a finite number for each word', async () => {
  const white = (norms: readonly (readonly number[])[]): Victim => ({
    name: 'white',
    probabilities: () => Promise.resolve([]),
    gradientNorms: () => Promise.resolve(norms),
    batchSize: 7,
  });
  const asked = (norms: number[]) => checkedVictim(white([norms])).gradientNorms?.([['a good film']], [1]);
  expect(await asked([1, 2, 0])).toEqual([[1, 2, 0]]);
  await expect(asked([1, 2])).rejects.toThrow(/2 of 3 words/);
  await expect(asked([1, NaN, 0])).rejects.toThrow(VictimError);
  expect(checkedVictim(white([])).batchSize).toBe(7);
  expect(victimFrom('black', () => Promise.resolve([])).gradientNorms).toBeUndefined();
});
