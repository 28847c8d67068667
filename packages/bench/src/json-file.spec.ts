import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFile, temporaryFolder } from '@rose/testing';
import { startJsonFile } from './json-file.js';
import type { BenchLine } from './lines.js';

const line = (gflops: number): BenchLine => ({
  bench: 'ceiling',
  msMedian: 2,
  msMin: 1,
  msMax: 3,
  gflops,
  peakRssMiB: 9,
});

it('replaces what was there with the first measurement, and then grows', async () => {
  const file = await temporaryFile('lines.jsonl', 'of yesterday');
  const write = await startJsonFile(file);
  expect(await readFile(file, 'utf8')).toBe('of yesterday');
  await write(line(1));
  await write(line(2));
  const written = (await readFile(file, 'utf8')).trim().split('\n');
  expect(written.map((json): unknown => JSON.parse(json))).toEqual([line(1), line(2)]);
});

it('makes the folder with the first measurement', async () => {
  const folder = await temporaryFolder();
  const write = await startJsonFile(path.join(folder, 'new', 'lines.jsonl'));
  expect(await readdir(folder)).toEqual([]);
  await write(line(1));
  expect(await readdir(path.join(folder, 'new'))).toEqual(['lines.jsonl']);
});

it('refuses a place that cannot be written to before anything is measured', async () => {
  const folder = await temporaryFolder();
  const refused = { name: 'InputError', option: 'file' };
  await expect(startJsonFile(folder)).rejects.toMatchObject({ ...refused, where: folder });
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  await expect(startJsonFile(path.join(file, 'lines.jsonl'))).rejects.toMatchObject({ ...refused, where: file });
});
