import { expect, it } from 'vitest';
import { median, summarise } from './statistics.js';

it('finds the middle of any order', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 100])).toBe(3.5);
  expect(median([])).toBeNaN();
});

it('sums up times in milliseconds', () => {
  expect(summarise([2.00049, 1, 9])).toEqual({ msMedian: 2, msMin: 1, msMax: 9 });
});
