import { ascending, distinct } from './distinct.js';
import { headlineMap, headlineRows } from './headline.js';
import type { Headline } from './headline.js';
import { requireSoundRows } from './score-row.js';
import type { MissingRun, ScoreRow } from './score-row.js';
import { mean, sampleStandardDeviation, wilsonInterval } from './statistics.js';
import { printedShare } from './printed-share.js';

/** What the seeds of one variant scored on one suite. Shares, 0 … 1. */
export interface RobustnessCell {
  readonly mean: number;
  /** Sample standard deviation over the seeds; undefined for one seed. */
  readonly std: number | undefined;
  /** Ascending. */
  readonly seeds: readonly number[];
  /** The example counts that the seeds were scored over: more than one is a mean of unlike things. */
  readonly examples: readonly number[];
  /** Half the width of the 95 % Wilson interval of one run that scores the mean (over the fewest examples). */
  readonly noise: number;
  /** Whether no other row of the column has a larger mean, to the printed decimal. */
  readonly best: boolean;
}

export interface RobustnessColumn {
  readonly task: string;
  readonly suite: string;
  readonly metric: string;
  /** Every example count in the column, ascending. */
  readonly examples: readonly number[];
  /** The largest noise of its cells. */
  readonly noise: number;
}

export interface RobustnessRow {
  readonly model: string;
  readonly variant: string;
  /** One per column; undefined where no run gave a score. */
  readonly cells: readonly (RobustnessCell | undefined)[];
}

/** Variants (per model) down, task × suite across: the seeds' means of each suite's headline metric. */
export interface RobustnessTable {
  readonly columns: readonly RobustnessColumn[];
  readonly rows: readonly RobustnessRow[];
  /** Every seed that any cell holds, ascending: a cell with fewer is incomplete. */
  readonly seeds: readonly number[];
  readonly missing: readonly MissingRun[];
}

export interface RobustnessTableOptions {
  /** Suite → the metric that stands for it: a share from 0 to 1, larger is better. Also the order of the suites. */
  readonly headline: Headline;
  /** The planned variants in their order: one without any score gets an empty row. Others follow as they appear. */
  readonly variants?: readonly string[];
  /** Planned runs that lack scores, to be named below the table. */
  readonly missing?: readonly MissingRun[];
}

const isAt = (row: ScoreRow, place: Pick<ScoreRow, 'task' | 'suite'>) =>
  row.task === place.task && row.suite === place.suite;
const isOf = (row: ScoreRow, name: Pick<ScoreRow, 'model' | 'variant'>) =>
  row.model === name.model && row.variant === name.variant;

function toCell(rows: readonly ScoreRow[]): RobustnessCell | undefined {
  if (rows.length === 0) return undefined;
  const values = rows.map((row) => row.value);
  const examples = ascending(rows.map((row) => row.examples));
  const centre = mean(values);
  const { low, high } = wilsonInterval(centre, Math.min(...examples));
  return {
    mean: centre,
    std: sampleStandardDeviation(values),
    seeds: ascending(rows.map((row) => row.seed)),
    examples,
    noise: (high - low) / 2,
    best: false,
  };
}

/** Marks what nothing in its column beats; nothing where there is nothing to compare with. */
function markBest(rows: readonly RobustnessRow[]): RobustnessRow[] {
  const winner = (column: number) => {
    const cells = rows.flatMap((row) => row.cells[column] ?? []);
    return cells.length > 1 ? printedShare(Math.max(...cells.map((cell) => cell.mean))) : undefined;
  };
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, i) => cell && { ...cell, best: printedShare(cell.mean) === winner(i) }),
  }));
}

/**
 * Aggregates scores over seeds.
 *
 * @throws InputError for rows that are not sound, for a suite without a headline metric, for a headline metric that
 *   its suite never reports, and for one outside 0 … 1
 */
export function robustnessTable(rows: readonly ScoreRow[], options: RobustnessTableOptions): RobustnessTable {
  requireSoundRows(rows);
  const headline = headlineMap(options.headline);
  const scores = headlineRows(rows, headline);

  const suites = [...headline.keys()];
  const places = distinct(scores.map((row) => row.task)).flatMap((task) => suites.map((suite) => ({ task, suite })));
  const occupied = places.filter((place) => scores.some((row) => isAt(row, place)));

  const variants = distinct([...(options.variants ?? []), ...scores.map((row) => row.variant)]);
  const names = distinct(scores.map((row) => row.model)).flatMap((model) =>
    variants.map((variant) => ({ model, variant })),
  );
  const tableRows = names.map((name) => ({
    ...name,
    cells: occupied.map((place) => toCell(scores.filter((row) => isOf(row, name) && isAt(row, place)))),
  }));

  const columns = occupied.map((place, i) => {
    const cells = tableRows.flatMap((row) => row.cells[i] ?? []);
    return {
      ...place,
      metric: headline.get(place.suite) ?? '',
      examples: ascending(cells.flatMap((cell) => cell.examples)),
      noise: Math.max(...cells.map((cell) => cell.noise)),
    };
  });
  return {
    columns,
    rows: markBest(tableRows),
    seeds: ascending(scores.map((row) => row.seed)),
    missing: options.missing ?? [],
  };
}
