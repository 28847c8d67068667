import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { temporaryFile } from '@rose/testing';
import { readLines } from './lines.js';

const train = {
  bench: 'train',
  model: 'minilm',
  batch: 32,
  length: 32,
  msMedian: 500,
  msMin: 490,
  msMax: 530,
  tokensPerSecond: 2048,
  ceilingShare: 0.7,
  peakRssMiB: 900,
};

const fileOf = (...lines: string[]) => temporaryFile('lines.jsonl', lines.join('\n'));

describe('readLines', () => {
  it('finds measurements by what they measured, the last of each', async () => {
    const file = await fileOf(
      JSON.stringify({ ...train, msMedian: 600 }),
      '',
      JSON.stringify({ bench: 'of tomorrow', speed: 'high' }),
      JSON.stringify({ ...train, program: 'pytorch 2.15.0 (mkl)', somethingElse: 1 }),
      JSON.stringify({ bench: 'ceiling', msMedian: 50, msMin: 49, msMax: 60, gflops: 170, peakRssMiB: 200 }),
      '',
    );
    const lines = await readLines(file);
    expect([...lines.keys()]).toEqual(['train minilm 32 32', 'ceiling']);
    expect(lines.get('train minilm 32 32')).toEqual({ ...train, program: 'pytorch 2.15.0 (mkl)' });
  });

  it('tells methods and fusions apart by name', async () => {
    const where = { model: 'minilm', batch: 32, length: 32, msMedian: 500, msMin: 490, msMax: 530, peakRssMiB: 900 };
    const vanilla = { timesVanilla: 2, timesVanillaMin: 1.9, timesVanillaMax: 2.1 };
    const full = { timesFull: 1.05, timesFullMin: 1.01, timesFullMax: 1.1 };
    const file = await fileOf(
      JSON.stringify({ bench: 'method', variant: 'r3f', ...where, ...vanilla }),
      JSON.stringify({ bench: 'fusion', without: 'gelu', ...where, ...full }),
      JSON.stringify({ bench: 'fusion', without: 'row-sums', ...where, ...full }),
    );
    const lines = await readLines(file);
    expect([...lines.keys()]).toEqual([
      'method r3f minilm 32 32',
      'fusion gelu minilm 32 32',
      'fusion row-sums minilm 32 32',
    ]);
    expect(lines.get('fusion gelu minilm 32 32')).toEqual({ bench: 'fusion', without: 'gelu', ...where, ...full });
  });

  it('says where a file is broken', async () => {
    const incomplete = await fileOf(JSON.stringify(train), JSON.stringify({ ...train, msMedian: 'fast' }));
    await expect(readLines(incomplete)).rejects.toMatchObject({ where: `${incomplete}:2` });
    await expect(readLines(incomplete)).rejects.toThrow('msMedian');
    const cut = await fileOf(JSON.stringify(train).slice(0, 40));
    await expect(readLines(cut)).rejects.toMatchObject({ where: `${cut}:1` });
    await expect(readLines(await fileOf('null'))).rejects.toThrow(InputError);
    await expect(readLines('/no/such/file.jsonl')).rejects.toThrow(InputError);
  });
});
