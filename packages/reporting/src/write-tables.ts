import { join } from 'node:path';
import { writeAtomically } from '@rose/foundation';
import { reportHtml } from './report-html.js';
import type { Report } from './report-html.js';
import { robustnessChart } from './robustness-chart.js';
import { scoresCsv } from './scores-csv.js';
import { tableAsCsv } from './table-as-csv.js';
import { tableAsLatex } from './table-as-latex.js';
import { tableAsMarkdown } from './table-as-markdown.js';

/**
 * Writes `tables/scores.csv`, `tables/robustness.{csv,md,tex,svg}` and `report.html` below the folder of an experiment.
 * The chart is drawn here; it is left out where there is no result to draw. Everything is made before anything is
 * written, so bad rows leave the old files as they were.
 *
 * @returns the paths of the written files
 * @throws InputError for rows that are not sound
 */
export async function writeTables(folder: string, report: Omit<Report, 'chart'>): Promise<string[]> {
  const { scores, missing } = report;
  // One list of missing runs for every file, whether or not the table was made with it.
  const table = { ...report.table, missing };
  const chart = table.columns.length > 0 ? await robustnessChart(table) : undefined;
  const files: Readonly<Record<string, string>> = {
    'tables/scores.csv': scoresCsv(scores),
    'tables/robustness.csv': tableAsCsv(table),
    'tables/robustness.md': tableAsMarkdown(table),
    'tables/robustness.tex': tableAsLatex(table),
    ...(chart === undefined ? {} : { 'tables/robustness.svg': chart }),
    'report.html': reportHtml(chart === undefined ? report : { ...report, chart }),
  };
  const paths: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await writeAtomically(path, text);
    paths.push(path);
  }
  return paths;
}
