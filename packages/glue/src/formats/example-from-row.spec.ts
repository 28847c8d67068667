import { describe, expect, it } from 'vitest';
import { findTask } from '../tasks/tasks.js';
import { exampleFromRow } from './example-from-row.js';

const rte = findTask('rte');
const pair = { sentence1: 'It rained all day.', sentence2: 'It was wet.' };
const read = (cells: Record<string, unknown>) => exampleFromRow({ cells, index: 7, where: 'some.tsv, line 9' }, rte);
const inputError = (message: string, hint = '') =>
  expect.objectContaining({
    name: 'InputError',
    message: expect.stringContaining(message) as string,
    where: 'some.tsv, line 9',
    hint: expect.stringContaining(hint) as string,
  }) as Error;

describe('a row of a task', () => {
  it('keeps the texts verbatim and in the order of the columns', () => {
    const cells = { idx: 3, label: 1n, sentence2: 'b ', sentence1: ' a', more: 'x' };
    expect(read(cells)).toEqual({ id: 3, texts: [' a', 'b '], label: 1 });
  });

  it('is numbered by its position where it has no idx', () => {
    expect(read({ ...pair, label: 0 }).id).toBe(7);
  });

  it('takes a label as an integer, as digits, and as a name', () => {
    for (const label of [1, 1n, '1', 'not_entailment']) expect(read({ ...pair, label }).label).toBe(1);
  });

  it('refuses labels that the task does not have', () => {
    for (const label of [2, -1n, 0.5, '', '7', 'maybe', null, undefined, true]) {
      expect(() => read({ ...pair, label }), String(label)).toThrow(
        inputError('is not a label of rte', '0 (entailment)'),
      );
    }
  });

  it('refuses a missing column, telling those that are there', () => {
    expect(() => read({ sentence: 'One only.', label: 0 })).toThrow(
      inputError('"sentence1" is missing', 'Columns found: sentence, label'),
    );
  });

  it.each([
    ['labels', 'Call the column "labels" "label".'],
    ['Label', 'Call the column "Label" "label".'],
    ['verdict', 'Columns found: sentence1, sentence2, verdict'],
  ])('refuses a row whose labels stand under %s, and says what to do', (column, hint) => {
    expect(() => read({ ...pair, [column]: 1 })).toThrow(inputError('"label" is missing', hint));
  });

  it('refuses an empty, blank or null text', () => {
    for (const sentence2 of ['', ' \t', null, undefined]) {
      expect(() => read({ ...pair, sentence2, label: 0 })).toThrow(inputError('"sentence2" holds no text'));
    }
  });

  it('refuses an idx that is no integer', () => {
    expect(() => read({ ...pair, idx: 'x1', label: 0 })).toThrow(inputError('idx'));
  });
});
