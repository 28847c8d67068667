import { InputError, nearestName } from '@rose/foundation';
import { distinct } from './distinct.js';
import type { ScoreRow } from './score-row.js';

/** Suite → the one metric that stands for it in tables. */
export type Headline = ReadonlyMap<string, string> | Readonly<Record<string, string>>;

export function headlineMap(headline: Headline): ReadonlyMap<string, string> {
  return headline instanceof Map ? headline : new Map(Object.entries(headline));
}

/**
 * The rows that hold the headline metric of their suite.
 *
 * @throws InputError for a suite without a headline metric, for one whose headline metric no row holds (else a
 *   misspelt metric would be an empty column), and for a headline value that is no share
 */
export function headlineRows(rows: readonly ScoreRow[], headline: ReadonlyMap<string, string>): ScoreRow[] {
  for (const suite of distinct(rows.map((row) => row.suite))) {
    const metric = headline.get(suite);
    const reported = distinct(rows.filter((row) => row.suite === suite).map((row) => row.metric));
    if (metric === undefined) {
      throw new InputError(`No headline metric is named for the suite "${suite}"`, {
        where: `headline of the robustness table`,
        hint: `Name one of: ${reported.join(', ')}`,
      });
    }
    if (!reported.includes(metric)) {
      const nearest = nearestName(metric, reported);
      throw new InputError(`The suite "${suite}" reports no metric "${metric}"`, {
        where: `headline of the robustness table`,
        hint: nearest ? `Did you mean "${nearest}"?` : `It reports: ${reported.join(', ')}`,
      });
    }
  }
  const chosen = rows.filter((row) => row.metric === headline.get(row.suite));
  const odd = chosen.find((row) => row.value < 0 || row.value > 1);
  if (odd) {
    throw new InputError(`A headline metric has to be a share from 0 to 1, this one is ${odd.value.toString()}`, {
      where: [odd.task, odd.model, odd.variant, `seed ${odd.seed.toString()}`, odd.suite, odd.metric].join(' / '),
      hint: 'Give shares, not percentages, and choose a metric for which larger is better.',
    });
  }
  return chosen;
}
