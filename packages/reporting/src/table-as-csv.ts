import { csv } from './csv.js';
import type { RobustnessTable } from './robustness-table.js';

/**
 * The table for programs: a line per model and variant, and per column of the table five fields:
 * mean, std, seeds, examples (joined by `/` where seeds differ) and noise (half a 95 % Wilson interval of one run).
 * Shares from 0 to 1 at full precision. Empty where there is no result, and empty std for one seed.
 */
export function tableAsCsv(table: RobustnessTable): string {
  const fields = ['mean', 'std', 'seeds', 'examples', 'noise'];
  const head = table.columns.flatMap(({ task, suite, metric }) =>
    fields.map((field) => `${task} ${suite} ${metric} ${field}`),
  );
  const body = table.rows.map(({ model, variant, cells }) => [
    model,
    variant,
    ...cells.flatMap((cell) =>
      cell ? [cell.mean, cell.std ?? '', cell.seeds.length, cell.examples.join('/'), cell.noise] : ['', '', 0, '', ''],
    ),
  ]);
  return csv([['model', 'variant', ...head], ...body]);
}
