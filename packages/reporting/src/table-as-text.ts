import type { RobustnessTable } from './robustness-table.js';
import { cellParts, footer, rowLabel, tableNotes } from './table-parts.js';

const gap = '   ';

const widest = (lines: readonly string[]) => Math.max(0, ...lines.map((line) => line.length));
const alignRight = (lines: readonly string[]) => lines.map((line) => line.padStart(widest(lines)));
const alignLeft = (lines: readonly string[]) => lines.map((line) => line.padEnd(widest(lines)));

/** The cells of one column, aligned at the decimal point and at the ±. */
function bodyOf(table: RobustnessTable, column: number): string[] {
  const cells = table.rows.map((row) => row.cells[column]);
  const parts = cells.map((cell) => cellParts(cell, table));
  const means = alignRight(parts.map(({ mean }, i) => `${cells[i]?.best ? '*' : ''}${mean}`));
  const spreads = parts.map(({ spread }) => spread.replace('± ', ''));
  const numbers = alignRight(spreads);
  const tails = alignLeft(
    parts.map(({ flag }, i) => {
      const number = numbers[i] ?? '';
      const spread = spreads[i] ? ` ± ${number}` : ' '.repeat(number.length && number.length + 3);
      return flag ? `${spread} ${flag}` : spread;
    }),
  );
  return means.map((mean, i) => `${mean}${tails[i] ?? ''}`);
}

/** The columns cut into blocks that fit the width, at least one column each. */
function blocks(widths: readonly number[], room: number): number[][] {
  const cut: number[][] = [];
  let left = 0;
  widths.forEach((width, column) => {
    left -= gap.length + width;
    if (left < 0 || cut.length === 0) {
      cut.push([]);
      left = room - gap.length - width;
    }
    cut.at(-1)?.push(column);
  });
  return cut;
}

export interface TextOptions {
  /** Characters a line before the columns go on in a second block; default 120. */
  readonly width?: number;
}

/** The table for a terminal: aligned, `*` before the best mean of each column, the notes below. */
export function tableAsText(table: RobustnessTable, { width = 120 }: TextOptions = {}): string {
  const feet = footer(table);
  const labels = alignLeft([
    '',
    '',
    'variant',
    ...table.rows.map((row) => rowLabel(row, table)),
    ...feet.map(([l]) => l),
  ]);
  const columns = table.columns.map(({ task, suite, metric }, i) =>
    alignRight([task, suite, metric, ...bodyOf(table, i), ...feet.map((foot) => foot[i + 1] ?? '')]),
  );
  const heading = 3;
  const draw = (chosen: readonly number[]) => {
    const lines = labels.map((label, line) =>
      [label, ...chosen.map((i) => columns[i]?.[line] ?? '')].join(gap).trimEnd(),
    );
    const rule = '─'.repeat(widest(lines));
    lines.splice(heading + table.rows.length, 0, rule);
    lines.splice(heading, 0, rule);
    return lines.join('\n');
  };
  const body =
    table.columns.length === 0 ? ['No results.'] : blocks(columns.map(widest), width - widest(labels)).map(draw);
  return `${[...body, tableNotes(table, '*').join('\n')].filter(Boolean).join('\n\n')}\n`;
}
