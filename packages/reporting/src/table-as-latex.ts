import type { RobustnessTable } from './robustness-table.js';
import { cellParts, footer, rowLabel, tableNotes } from './table-parts.js';

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  // A row that begins with a bracket would be read as the optional argument of the \\ before it.
  '[': '{[}',
  ']': '{]}',
  '±': '$\\pm$',
  '−': '$-$',
  '–': '--',
  '×': '$\\times$',
  '·': '$\\cdot$',
};

/** Text that LaTeX prints as it is. */
const escape = (text: string) =>
  text.replace(/\s+/gu, ' ').replace(/[\\~^<>|[\]±−–×·#$%&_{}]/gu, (sign) => commands[sign] ?? `\\${sign}`);

const line = (cells: readonly string[]) => `  ${cells.join(' & ')} \\\\`;

/** Neighbouring columns of one task, which share a heading. Columns count from 1; the first holds the variants. */
function taskSpans(table: RobustnessTable) {
  const tasks = [...new Set(table.columns.map((column) => column.task))];
  return tasks.map((task) => {
    const first = table.columns.findIndex((column) => column.task === task) + 2;
    const size = table.columns.filter((column) => column.task === task).length;
    return { task, first, size };
  });
}

/** The table as a LaTeX float with the rules of `booktabs`: bold for the best mean of each column, the notes below it. */
export function tableAsLatex(table: RobustnessTable): string {
  const spans = taskSpans(table);
  const body = table.rows.map((row) => [
    escape(rowLabel(row, table)),
    ...row.cells.map((cell) => {
      const { mean, spread, flag } = cellParts(cell, table);
      return [cell?.best ? `\\textbf{${escape(mean)}}` : escape(mean), escape(spread), escape(flag)]
        .filter(Boolean)
        .join(' ');
    }),
  ]);
  const tabular = [
    `\\begin{tabular}{l${'r'.repeat(table.columns.length)}}`,
    '  \\toprule',
    line(['', ...spans.map(({ task, size }) => `\\multicolumn{${size.toString()}}{c}{${escape(task)}}`)]),
    `  ${spans.map(({ first, size }) => `\\cmidrule(lr){${first.toString()}-${(first + size - 1).toString()}}`).join(' ')}`,
    line(['', ...table.columns.map(({ suite }) => escape(suite))]),
    line(['variant', ...table.columns.map(({ metric }) => escape(metric))]),
    '  \\midrule',
    ...body.map(line),
    '  \\midrule',
    ...footer(table).map((cells) => line(cells.map(escape))),
    '  \\bottomrule',
    '\\end{tabular}',
  ];
  return [
    '% \\usepackage{booktabs}',
    '\\begin{table}',
    '\\centering',
    ...(table.columns.length === 0 ? ['No results.'] : tabular),
    '',
    '\\smallskip\\raggedright\\footnotesize',
    ...tableNotes(table, 'Bold').map((note) => `${escape(note)}\\par`),
    '\\end{table}',
    '',
  ].join('\n');
}
