import { readFile } from 'node:fs/promises';
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

it('makes the folder, and refuses a place that cannot be written to before anything is measured', async () => {
  const folder = await temporaryFolder();
  await startJsonFile(path.join(folder, 'new', 'lines.jsonl'));
  await expect(startJsonFile(folder)).rejects.toThrow('EISDIR');
});
