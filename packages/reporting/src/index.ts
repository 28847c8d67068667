export type { Headline } from './headline.js';
export type { Curve } from './line-plot.js';
export { reportHtml } from './report-html.js';
export type { Report, RunSummary } from './report-html.js';
export { robustnessChart } from './robustness-chart.js';
export { robustnessTable } from './robustness-table.js';
export type {
  RobustnessCell,
  RobustnessColumn,
  RobustnessRow,
  RobustnessTable,
  RobustnessTableOptions,
} from './robustness-table.js';
export type { MissingRun, ScoreRow } from './score-row.js';
export { scoresCsv } from './scores-csv.js';
export { mean, sampleStandardDeviation, wilsonInterval } from './statistics.js';
export type { Interval } from './statistics.js';
export { tableAsCsv } from './table-as-csv.js';
export { tableAsLatex } from './table-as-latex.js';
export { tableAsMarkdown } from './table-as-markdown.js';
export { tableAsText } from './table-as-text.js';
export type { TextOptions } from './table-as-text.js';
export { writeTables } from './write-tables.js';
