import { expect, it } from 'vitest';
import { formatDuration } from './format-duration.js';

it('tells durations in the units that matter', () => {
  expect([0.4, 59.6, 75, 3600, 7325].map(formatDuration)).toEqual([
    '0 s',
    '1 min 0 s',
    '1 min 15 s',
    '1 h 0 min',
    '2 h 2 min',
  ]);
});
