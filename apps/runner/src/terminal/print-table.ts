import { type RobustnessTable, tableAsText } from '@rose/reporting';

/** Prints a table of robustness as wide as the terminal. */
export const printTable = (table: RobustnessTable): void =>
  void process.stdout.write(`\n${tableAsText(table, { width: process.stdout.columns || 140 })}\n`);
