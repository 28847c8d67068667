import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@rose/testing';
import { beforeEach, expect, it } from 'vitest';
import { robustnessTable } from './robustness-table.js';
import { scoresCsv } from './scores-csv.js';
import { grid, headline, scoreRow } from './testing/rows.js';
import { writeTables } from './write-tables.js';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

const report = {
  title: 'Quickstart',
  table: robustnessTable(grid, { headline }),
  scores: grid,
  runs: [],
  missing: [],
  provenance: {},
};
const content = (name: string) => readFile(join(folder, name), 'utf8');
const tables = ['robustness.csv', 'robustness.md', 'robustness.svg', 'robustness.tex', 'scores.csv'];

it('writes all files, leaves no drafts, and writes them again over the old ones', async () => {
  const paths = await writeTables(folder, report);
  expect([...paths].sort()).toEqual([
    join(folder, 'report.html'),
    ...tables.map((name) => join(folder, 'tables', name)),
  ]);
  await writeTables(folder, { ...report, title: 'Again' });
  expect((await readdir(join(folder, 'tables'))).sort()).toEqual(tables);
  expect((await readdir(folder)).sort()).toEqual(['report.html', 'tables']);
  expect(await content('tables/scores.csv')).toBe(scoresCsv(grid));
  expect(await content('report.html')).toContain('<title>Again</title>');
  expect(await content('report.html')).toContain(await content('tables/robustness.svg'));
});

it('writes a report about missing runs when there is nothing else', async () => {
  const missing = [{ id: 'run-1', reason: 'killed' }];
  const table = robustnessTable([], { headline });
  const paths = await writeTables(folder, { ...report, table, scores: [], missing });
  expect(paths.filter((path) => path.endsWith('.svg'))).toEqual([]);
  expect(await content('tables/robustness.md')).toContain('killed');
});

it('writes nothing for scores that it refuses', async () => {
  const scores = [scoreRow({ value: Number.NaN })];
  await expect(writeTables(folder, { ...report, scores })).rejects.toThrow(/NaN/u);
  expect(await readdir(folder)).toEqual([]);
});
