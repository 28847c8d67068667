import { expect, it } from 'vitest';
import { VictimError, victimFrom } from './victim.js';

const ask = (rows: readonly (readonly number[])[]) =>
  victimFrom('toy', () => Promise.resolve(rows)).probabilities([['good'], ['bad film']]);

it('passes distributions through, soft-max rounding included', async () => {
  const rows = [
    [0.25, 0.75],
    [0.9996, 0],
  ];
  expect(await ask(rows)).toEqual(rows);
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
    /no distribution/,
  ],
  [
    'rows of different lengths',
    [
      [0.5, 0.5],
      [0.2, 0.3, 0.5],
    ],
    /2 and 3 classes.*"bad film"/,
  ],
  ['one class', [[1], [1]], /at least two classes/],
  ['empty rows', [[], []], /at least two classes/],
])('refuses %s and says for which text', async (_, rows, message) => {
  await expect(ask(rows)).rejects.toThrow(VictimError);
  await expect(ask(rows)).rejects.toThrow(message);
});
