import { csv } from './csv.js';
import { requireSoundRows } from './score-row.js';
import type { ScoreRow } from './score-row.js';

const header = ['task', 'model', 'variant', 'seed', 'suite', 'metric', 'value', 'examples'] as const;

const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The place of each name in order of first appearance. */
function places(names: readonly string[]): (name: string) => number {
  const order = new Map([...new Set(names)].map((name, i) => [name, i]));
  return (name) => order.get(name) ?? order.size;
}

/**
 * Every score, one a line, under `task,model,variant,seed,suite,metric,value,examples`.
 * Tasks, models and variants in order of first appearance, then seed, suite and metric ascending, so that the file
 * does not depend on which run was finished first.
 *
 * @throws InputError for rows that are not sound, see `requireSoundRows`
 */
export function scoresCsv(rows: readonly ScoreRow[]): string {
  requireSoundRows(rows);
  const task = places(rows.map((row) => row.task));
  const model = places(rows.map((row) => row.model));
  const variant = places(rows.map((row) => row.variant));
  const sorted = [...rows].sort(
    (a, b) =>
      task(a.task) - task(b.task) ||
      model(a.model) - model(b.model) ||
      variant(a.variant) - variant(b.variant) ||
      a.seed - b.seed ||
      byCodePoint(a.suite, b.suite) ||
      byCodePoint(a.metric, b.metric),
  );
  return csv([header, ...sorted.map((row) => header.map((key) => row[key]))]);
}
