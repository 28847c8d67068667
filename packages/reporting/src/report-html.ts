import { formatDuration, html, type Markup, trusted } from '@rose/foundation';
import { type Curve, linePlot } from './line-plot.js';
import { reportStyle } from './report-style.js';
import type { RobustnessTable } from './robustness-table.js';
import type { MissingRun, ScoreRow } from './score-row.js';
import { cellParts, footer, rowLabel, tableNotes } from './table-parts.js';

export interface RunSummary {
  readonly id: string;
  /** `done`, `failed`, `interrupted` … as the caller names it. */
  readonly state: string;
  readonly seconds?: number;
}

export interface Report {
  readonly title: string;
  readonly table: RobustnessTable;
  readonly scores: readonly ScoreRow[];
  readonly runs: readonly RunSummary[];
  readonly missing: readonly MissingRun[];
  /** What the numbers come from: commit, versions, data hashes, machine. As the caller knows it. */
  readonly provenance: Readonly<Record<string, string>>;
  /** Per run or variant, curves of its training. */
  readonly details?: Readonly<Record<string, readonly Curve[]>>;
  /** An SVG made by `robustnessChart`; it is put in as it is. */
  readonly chart?: string;
}

const row = (tag: 'td' | 'th', cells: readonly (string | Markup)[]) => {
  const drawn = cells.map((cell) => (tag === 'td' ? html`<td>${cell}</td>` : html`<th>${cell}</th>`));
  return html`<tr>
    ${drawn}
  </tr>`;
};

/** A table of plain text. */
const words = (head: readonly string[], lines: readonly (readonly string[])[]) =>
  html`<div class="wide">
    <table class="words">
      <thead>
        ${row('th', head)}
      </thead>
      <tbody>
        ${lines.map((line) => row('td', line))}
      </tbody>
    </table>
  </div>`;

function robustnessSection(table: RobustnessTable): Markup {
  // The missing runs have a section of their own.
  const notes = tableNotes({ ...table, missing: [] }, 'Bold').map((note) => html`<li>${note}</li>`);
  if (table.columns.length === 0) return html`<p>No results.</p>`;
  const head = table.columns.map(({ task, suite, metric }) => html`${task} ${suite}<span>${metric}</span>`);
  const body = table.rows.map((line) =>
    row('td', [
      rowLabel(line, table),
      ...line.cells.map((cell) => {
        const { mean, spread, flag } = cellParts(cell, table);
        const value = [mean, spread].filter(Boolean).join(' ');
        return html`${cell?.best ? html`<strong>${value}</strong>` : value} <span class="flag">${flag}</span>`;
      }),
    ]),
  );
  return html`<div class="wide">
      <table>
        <thead>
          ${row('th', ['variant', ...head])}
        </thead>
        <tbody>
          ${body}
        </tbody>
        <tfoot>
          ${footer(table).map((cells) => row('td', cells))}
        </tfoot>
      </table>
    </div>
    <ul class="notes">
      ${notes}
    </ul>`;
}

const section = (title: string, body: Markup) =>
  html`<section>
    <h2>${title}</h2>
    ${body}
  </section>`;

function missingSection(missing: readonly MissingRun[]): Markup {
  if (missing.length === 0) return html`<p>None: every planned run gave its scores.</p>`;
  return html`<p class="bad">These runs have not given all their scores; what they lack is in no mean above.</p>
    ${words(
      ['run', 'reason'],
      missing.map(({ id, reason }) => [id, reason]),
    )}`;
}

const scoreLines = (scores: readonly ScoreRow[]) =>
  scores.map(({ task, model, variant, seed, suite, metric, value, examples }) =>
    [task, model, variant, seed, suite, metric, value, examples].map(String),
  );

/** Everything about an experiment in one HTML file, without scripts and without anything to fetch. All text is escaped. */
export function reportHtml({ title, table, scores, runs, missing, provenance, details = {}, chart }: Report): string {
  const curves = Object.entries(details).map(
    ([name, drawn]) =>
      html`<h3>${name}</h3>
        <div class="curves">${drawn.map(linePlot)}</div>`,
  );
  const sections = [
    section('Robustness', robustnessSection(table)),
    ...(chart ? [section('Clean and adversarial', html`<div class="chart">${trusted(chart)}</div>`)] : []),
    section('Missing runs', missingSection(missing)),
    section(
      'Runs',
      words(
        ['run', 'state', 'time'],
        runs.map((run) => [run.id, run.state, run.seconds === undefined ? '' : formatDuration(run.seconds)]),
      ),
    ),
    ...(curves.length > 0 ? [section('Curves', html`${curves}`)] : []),
    section(
      'All scores',
      html`<details>
        <summary>${scores.length} scores</summary>
        ${words(['task', 'model', 'variant', 'seed', 'suite', 'metric', 'value', 'examples'], scoreLines(scores))}
      </details>`,
    ),
    section('Provenance', words(['', ''], Object.entries(provenance))),
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${trusted(reportStyle)}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        ${sections}
      </body>
    </html> `.text;
}
