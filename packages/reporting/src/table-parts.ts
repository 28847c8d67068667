import { printedShare, printedSpan } from './printed-share.js';
import type { RobustnessCell, RobustnessColumn, RobustnessRow, RobustnessTable } from './robustness-table.js';

/** What stands where no run gave a score. */
export const noResult = '–';

/** The words of one cell, for a writer to align, embolden and escape. */
export interface CellParts {
  readonly mean: string;
  /** `± 0.8`, or empty for one seed. */
  readonly spread: string;
  /** What is unusual about the cell: fewer seeds than the table has, unlike example counts. */
  readonly flag: string;
}

export function cellParts(cell: RobustnessCell | undefined, table: RobustnessTable): CellParts {
  if (!cell) return { mean: noResult, spread: '', flag: '' };
  const flags = [isIncomplete(cell, table) && seedsFlag(cell, table), isMixed(cell) && '!'];
  return {
    mean: printedShare(cell.mean),
    spread: cell.std === undefined ? '' : `± ${printedShare(cell.std)}`,
    flag: flags.filter((flag) => flag !== false).join(' '),
  };
}

const isMixed = (of: RobustnessCell | RobustnessColumn) => of.examples.length > 1;

const isIncomplete = (cell: RobustnessCell, table: RobustnessTable) => cell.seeds.length < table.seeds.length;

const seedsFlag = (cell: RobustnessCell, table: RobustnessTable) =>
  `[${cell.seeds.length.toString()}/${table.seeds.length.toString()}]`;

export const severalModels = (table: RobustnessTable): boolean => new Set(table.rows.map((row) => row.model)).size > 1;

/** The variant, with its model where the table holds several. */
export const rowLabel = (row: RobustnessRow, table: RobustnessTable): string =>
  severalModels(table) ? `${row.model} · ${row.variant}` : row.variant;

/** Two lines for the foot of a table: how many examples stand behind each column, and how far chance alone can move one run. */
export function footer(table: RobustnessTable): readonly (readonly [label: string, ...cells: string[]])[] {
  return [
    ['examples', ...table.columns.map((column) => `${printedSpan(column.examples)}${isMixed(column) ? ' !' : ''}`)],
    ['noise of one run', ...table.columns.map((column) => `± ${printedShare(column.noise)}`)],
  ];
}

/** What a reader has to know so as not to read too much into the numbers. `best` names the writer's mark. */
export function tableNotes(table: RobustnessTable, best: string): string[] {
  const cells = table.rows.flatMap((row) => row.cells);
  const present = cells.filter((cell) => cell !== undefined);
  const model = table.rows[0]?.model;
  return [
    model !== undefined && !severalModels(table) && `Model: ${model}.`,
    table.seeds.length > 1 &&
      `Percent: mean ± sample standard deviation (n − 1) over ${table.seeds.length.toString()} seeds.`,
    table.seeds.length === 1 &&
      'Percent, 1 seed: there is no ±, because a standard deviation needs at least two seeds.',
    present.some((cell) => cell.best) && `${best}: best mean of its column, to the printed decimal.`,
    present.length > 0 &&
      'Noise of one run: half the width of the 95 % Wilson interval for the examples of the column, at its widest cell. ' +
        'A difference within this noise or within the ± is not evidence; a larger one still wants a paired test.',
    present.length < cells.length && `${noResult}: no result.`,
    present.some((cell) => isIncomplete(cell, table)) &&
      '[k/n]: only k of the n seeds gave a result; the mean is not over the same runs as its neighbours.',
    (present.some(isMixed) || table.columns.some(isMixed)) &&
      '!: scored over different numbers of examples; these means are not comparable like for like.',
    ...missingNotes(table),
  ].filter((note) => note !== false);
}

/** Runs that are missing for one reason are named up to here, beyond it counted: the report lists them all. */
const mostNamed = 3;

function missingNotes({ missing }: RobustnessTable): string[] {
  if (missing.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const { id, reason } of missing) {
    const words = reason.replace(/\s+/gu, ' ').trim();
    byReason.set(words, [...(byReason.get(words) ?? []), id]);
  }
  const runs = [...byReason].flatMap(([reason, ids]) =>
    ids.length > mostNamed
      ? [`${ids.length.toString()} (${reason}), of which ${ids[0] ?? ''} is the first`]
      : ids.map((id) => `${id} (${reason})`),
  );
  return [`Missing, ${missing.length.toString()} ${missing.length === 1 ? 'run' : 'runs'}: ${runs.join('; ')}.`];
}
