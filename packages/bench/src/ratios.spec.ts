import { expect, it } from 'vitest';
import { describeRatio, ratioOfRounds, ratioOfSummaries } from './ratios.js';

it('compares summaries, from the worst case to the best', () => {
  const theirs = { msMedian: 300, msMin: 200, msMax: 400 };
  const ours = { msMedian: 150, msMin: 100, msMax: 200 };
  expect(ratioOfSummaries(theirs, ours)).toEqual({ ratio: 2, low: 1, high: 4 });
});

it('compares rounds with one another, so that a slow minute does not count', () => {
  const ours = [
    [10, 10, 10],
    [100, 100, 100],
    [10, 10, 10],
  ];
  const theirs = [
    [20, 20, 20],
    [200, 200, 200],
    [22, 22, 22],
  ];
  const { ratio, low, high } = ratioOfRounds(theirs, ours);
  expect(ratio).toBeCloseTo(2.2, 10);
  expect([low, high]).toEqual([2, 2.2]);
});

it('is written with two digits', () => {
  expect(describeRatio({ ratio: 1.618, low: 1.5, high: 2 })).toBe('1.62× (1.50 … 2.00)');
});
