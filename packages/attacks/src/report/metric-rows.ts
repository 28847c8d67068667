import type { AttackMetrics } from '../attack/metrics.js';

/** A metric as people read it. */
export type MetricRow = readonly [title: string, value: string];

/** `1 query`, `9 queries`. */
export const queriesOf = (count: number): string => `${count} ${count === 1 ? 'query' : 'queries'}`;

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(2)} %`);
const number = (value: number | null) => (value === null ? '–' : String(Number(value.toFixed(2))));

/** The metrics in the order and with the roundings of TextAttack's closing table; measured qualities where there are some. */
export function metricRows(metrics: AttackMetrics): readonly MetricRow[] {
  const { similarity, originalPerplexity, adversarialPerplexity } = metrics;
  return [
    ['Successful attacks', String(metrics.succeeded)],
    ['Failed attacks', String(metrics.failed)],
    ['Skipped (wrong before)', String(metrics.skipped)],
    ['Errors', String(metrics.errors)],
    ['Original accuracy', percent(metrics.originalAccuracy)],
    ['Accuracy under attack', percent(metrics.accuracyUnderAttack)],
    ['Attack success rate', percent(metrics.attackSuccessRate)],
    ['Perturbed words', percent(metrics.perturbedWordShare)],
    ['Queries, mean', number(metrics.averageQueries)],
    ['Queries, median', number(metrics.medianQueries)],
    ['Queries that the model saw, mean', number(metrics.averageModelQueries)],
    ...(similarity === null ? [] : [['Similarity', number(similarity)] as const]),
    ...(originalPerplexity === null ? [] : [['Perplexity, original', number(originalPerplexity)] as const]),
    ...(adversarialPerplexity === null ? [] : [['Perplexity, adversarial', number(adversarialPerplexity)] as const]),
  ];
}
