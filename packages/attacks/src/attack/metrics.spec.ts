import { expect, it } from 'vitest';
import { attackMetrics } from './metrics.js';
import type { AttackOutcome, AttackStatus } from '../text/outcome.js';

const outcome = (status: AttackStatus, more: Partial<AttackOutcome> = {}): AttackOutcome => ({
  id: 0,
  status,
  label: 0,
  original: { texts: ['a'], probabilities: [0.5, 0.5], prediction: 0 },
  perturbedWords: 0,
  totalWords: 10,
  queries: 1,
  modelQueries: 1,
  replacements: [],
  ...more,
});
const times = (count: number, one: AttackOutcome) => Array.from({ length: count }, () => one);

it('gives the figures that TextAttack publishes for DeepWordBug on an LSTM trained on MR, from its counts', () => {
  const metrics = attackMetrics([
    ...times(128, outcome('success', { perturbedWords: 1 })),
    ...times(29, outcome('failed')),
    ...times(43, outcome('skipped')),
  ]);
  const percent = (share: number | null) => Number((100 * (share ?? NaN)).toFixed(2));
  expect(metrics).toMatchObject({ examples: 200, succeeded: 128, failed: 29, skipped: 43, errors: 0 });
  expect(percent(metrics.originalAccuracy)).toBe(78.5);
  expect(percent(metrics.accuracyUnderAttack)).toBe(14.5);
  expect(percent(metrics.attackSuccessRate)).toBe(81.53);
});

it('takes perturbed words from successes only, queries from all that were attacked', () => {
  const metrics = attackMetrics([
    outcome('success', { perturbedWords: 1, totalWords: 4, queries: 10, modelQueries: 8 }),
    outcome('success', { perturbedWords: 3, totalWords: 6, queries: 20, modelQueries: 12 }),
    outcome('failed', { queries: 90, modelQueries: 40 }),
    outcome('skipped', { queries: 1 }),
    outcome('error', { queries: 5 }),
  ]);
  expect(metrics.perturbedWordShare).toBeCloseTo((1 / 4 + 3 / 6) / 2, 12);
  expect(metrics.averageQueries).toBe(40);
  expect(metrics.medianQueries).toBe(20);
  expect(metrics.averageModelQueries).toBe(20);
  expect(metrics.errors).toBe(1);
  expect(metrics.originalAccuracy).toBe(3 / 4);
  expect(metrics.accuracyUnderAttack).toBe(1 / 4);
});

it('takes the middle of an even number of attacks', () => {
  expect(attackMetrics([1, 9, 4, 6].map((queries) => outcome('failed', { queries }))).medianQueries).toBe(5);
});

it('claims nothing where there is nothing to divide by', () => {
  expect(attackMetrics([outcome('skipped')])).toMatchObject({
    originalAccuracy: 0,
    attackSuccessRate: null,
    perturbedWordShare: null,
    averageQueries: null,
    medianQueries: null,
  });
  expect(attackMetrics([]).originalAccuracy).toBeNull();
});
