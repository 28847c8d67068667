import { InputError } from '@rose/foundation';
import type { Row } from './row.js';
import type { TaskDefinition } from '../tasks/define-task.js';
import type { Example } from '../examples/example.js';

function textOf(row: Row, column: string): string {
  const text = row.cells[column];
  if (typeof text === 'string' && text.trim() !== '') return text;
  throw column in row.cells
    ? new InputError(`The column "${column}" holds no text.`, {
        where: row.where,
        hint: 'Remove the row or give it a text: an empty one can be neither learned from nor attacked.',
      })
    : new InputError(`The column "${column}" is missing.`, {
        where: row.where,
        hint: `Columns found: ${Object.keys(row.cells).join(', ') || 'none'}. Is this the file of another task?`,
      });
}

/** Labels come as integers (of either width), as digits, or as names, which GLUE's own TSV files use. */
function labelOf(row: Row, { name, labels }: TaskDefinition): number {
  if (!('label' in row.cells)) {
    const alike = Object.keys(row.cells).find((column) => /^(labels?|target|class|gold_label)$/i.test(column));
    throw new InputError('The column "label" is missing.', {
      where: row.where,
      hint: alike
        ? `Call the column "${alike}" "label".`
        : `Columns found: ${Object.keys(row.cells).join(', ') || 'none'}. Is this the file of another task?`,
    });
  }
  const cell = row.cells['label'];
  const named = typeof cell === 'string' ? labels.indexOf(cell) : -1;
  const isNumeric = typeof cell === 'bigint' || typeof cell === 'number' || (typeof cell === 'string' && cell !== '');
  const label = named >= 0 || !isNumeric ? named : Number(cell);
  if (Number.isInteger(label) && label >= 0 && label < labels.length) return label;
  const known = labels.map((meaning, index) => `${index.toString()} (${meaning})`).join(', ');
  throw new InputError(`${String(cell)} is not a label of ${name}.`, {
    where: row.where,
    hint: `Labels are ${known}; -1 marks GLUE's test split, whose labels are hidden.`,
  });
}

/**
 * Checks a row against its task.
 *
 * @throws InputError with file and row, for a missing column, an empty text, or a label that the task does not have
 */
export function exampleFromRow(row: Row, task: TaskDefinition): Example {
  const idx = Number(row.cells['idx'] ?? row.index);
  if (!Number.isInteger(idx)) {
    const hint = 'Number the rows, or leave the column out.';
    throw new InputError(`The idx ${String(row.cells['idx'])} is not an integer.`, { where: row.where, hint });
  }
  return { id: idx, texts: task.columns.map((column) => textOf(row, column)), label: labelOf(row, task) };
}

/**
 * Reads a whole split.
 *
 * @throws InputError for the first row that is wrong, and for a file without rows
 */
export async function collectExamples(rows: AsyncIterable<Row>, task: TaskDefinition, path: string) {
  const examples: Example[] = [];
  for await (const row of rows) examples.push(exampleFromRow(row, task));
  if (examples.length === 0) {
    throw new InputError(`The file holds no examples of ${task.name}.`, {
      where: path,
      hint: 'It may be cut short: download it again.',
    });
  }
  return examples;
}
