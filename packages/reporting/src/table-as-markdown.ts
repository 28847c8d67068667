import type { RobustnessTable } from './robustness-table.js';
import { cellParts, footer, rowLabel, tableNotes } from './table-parts.js';

/** Text that Markdown (GitHub's) shows as it is. */
const escape = (text: string) => text.replace(/\s+/gu, ' ').replace(/[\\`*_~|<>&[\]]/gu, '\\$&');

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The table in GitHub-flavoured Markdown: bold for the best mean of each column, the notes as a list below. */
export function tableAsMarkdown(table: RobustnessTable): string {
  const notes = tableNotes(table, 'Bold').map((note) => `- ${escape(note)}`);
  if (table.columns.length === 0) return ['No results.', ...notes.slice(0, 1).map(() => ''), ...notes, ''].join('\n');
  const head = ['variant', ...table.columns.map(({ task, suite, metric }) => `${task} ${suite}, ${metric}`)];
  const body = table.rows.map((row) => [
    escape(rowLabel(row, table)),
    ...row.cells.map((cell) => {
      const { mean, spread, flag } = cellParts(cell, table);
      const value = [mean, spread].filter(Boolean).join(' ');
      return [cell?.best ? `**${value}**` : value, escape(flag)].filter(Boolean).join(' ');
    }),
  ]);
  const foot = footer(table).map((cells) => cells.map((cell) => `_${escape(cell)}_`));
  const ruler = ['---', ...table.columns.map(() => '---:')];
  return [...[head.map(escape), ruler, ...body, ...foot].map(line), '', ...notes, ''].join('\n');
}
