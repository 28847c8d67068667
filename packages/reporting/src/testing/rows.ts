import type { ScoreRow } from '../score-row.js';

/** A sound row; name only what matters to the test. */
export const scoreRow = (changes: Partial<ScoreRow> = {}): ScoreRow => ({
  task: 'sst2',
  model: 'mini',
  variant: 'vanilla',
  seed: 1,
  suite: 'dev',
  metric: 'accuracy',
  value: 0.8,
  examples: 100,
  ...changes,
});

/** One row a seed (1, 2, …). */
export const seedRows = (values: readonly number[], changes: Partial<ScoreRow> = {}): ScoreRow[] =>
  values.map((value, i) => scoreRow({ ...changes, seed: i + 1, value }));

export const headline = { dev: 'accuracy', advglue: 'accuracy' };

/** Two variants with three seeds on two suites of one task; AdvGLUE's SST-2 has 148 examples. */
export const grid: readonly ScoreRow[] = [
  ...seedRows([0.9, 0.91, 0.92], { suite: 'dev', examples: 872 }),
  ...seedRows([0.3, 0.4, 0.35], { suite: 'advglue', examples: 148 }),
  ...seedRows([0.905, 0.905, 0.905], { variant: 'rose-first', suite: 'dev', examples: 872 }),
  ...seedRows([0.45, 0.5, 0.4], { variant: 'rose-first', suite: 'advglue', examples: 148 }),
];
