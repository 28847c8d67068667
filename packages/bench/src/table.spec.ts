import { expect, it } from 'vitest';
import type { BenchLine } from './lines.js';
import { tableHead, tableRow } from './table.js';

const time = { msMedian: 512.3, msMin: 498.1, msMax: 540.9, peakRssMiB: 812.3 };
const point = { model: 'minilm', batch: 32, length: 128 };
const train: BenchLine = { bench: 'train', ...point, ...time, tokensPerSecond: 7995, ceilingShare: 0.694 };

it('prints measurements below their heads', () => {
  const lines: BenchLine[] = [
    train,
    { bench: 'optimizer', ...point, ...time, msMedian: 41.234, stepShare: 0.08 },
    { bench: 'compile', ...point, ...time, traceMs: 4.321 },
    { bench: 'ceiling', ...time, gflops: 168.4 },
  ];
  const rows = [tableHead([]), ...lines.map((line) => tableRow(line, []))];
  expect(rows).toEqual([
    'bench      model         batch×len      ms, median (min … max)   tokens/s  of ceiling  peak MiB',
    'train      minilm           32×128             512 (498 … 541)       7995        69 %       812',
    'optimizer  minilm           32×128            41.2 (498 … 541)               8 % step       812',
    'compile    minilm           32×128             512 (498 … 541)             trace 4.32       812',
    'ceiling                                        512 (498 … 541)               168 GF/s       812',
  ]);
});

it('puts other programs beside them', () => {
  const theirs = { ...train, msMedian: 830, peakRssMiB: 1114.2 };
  const comparison = { theirs, ratio: { ratio: 1.62, low: 1.5, high: 1.71 } };
  const head = tableHead(['pytorch 2.15.0 (mkl)', 'the file']);
  const row = tableRow(train, [comparison, undefined]);
  expect(row).toContain('830 ms, 1.62× (1.50 … 1.71), 1114 MiB');
  expect(row.indexOf('830 ms')).toBe(head.indexOf('pytorch'));
  expect(row.indexOf('–')).toBe(head.indexOf('the file'));
});
