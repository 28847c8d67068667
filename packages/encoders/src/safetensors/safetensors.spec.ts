import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@rose/foundation';
import { temporaryFile, temporaryFolder } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { fixture } from '../testing/fixtures.js';
import { readSafetensors } from './read-safetensors.js';
import { writeSafetensors } from './write-safetensors.js';

/** A file with any header over `dataBytes` zeros. */
async function fileOf(header: unknown, dataBytes: number, announced?: bigint): Promise<string> {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(announced ?? BigInt(json.length));
  return temporaryFile('model.safetensors', Buffer.concat([size, json, Buffer.alloc(dataBytes)]));
}

const tensor = (begin: number, end: number, shape: unknown = [(end - begin) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

async function complaint(path: string): Promise<string> {
  const error = await readSafetensors(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).where).toBe(path);
  expect((error as InputError).hint).toBeTruthy();
  return (error as InputError).message;
}

describe('readSafetensors', () => {
  it.each(['F32', 'F16', 'BF16'])('reads %s as PyTorch does', async (format) => {
    const { tensors, metadata } = await readSafetensors(fixture('float-formats.safetensors'));
    expect(metadata).toEqual({ format: 'pt' });
    expect(tensors.get(format)?.dtype).toBe(format);
    expect(tensors.get(format)?.shape).toEqual([3, 4]);
    expect(tensors.get(format)?.data).toEqual(tensors.get(`${format}.expected`)?.data);
  });

  it('leaves whole-numbered buffers out', async () => {
    const { tensors } = await readSafetensors(fixture('float-formats.safetensors'));
    expect([...tensors.keys()].sort()).toEqual(['BF16', 'BF16.expected', 'F16', 'F16.expected', 'F32', 'F32.expected']);
  });

  it('says where a file is missing', async () => {
    expect(await complaint(join(await temporaryFolder(), 'none.safetensors'))).toContain('not there');
  });

  it('notices a file cut short anywhere', async () => {
    const whole = await readFile(fixture('tiny-bert/model.safetensors'));
    const path = join(await temporaryFolder(), 'model.safetensors');
    for (const length of [0, 7, 8, 500, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length));
      expect(await complaint(path)).toContain('truncated');
    }
  });

  it.each<[string, unknown, number, string]>([
    ['no JSON', '{"a":', 0, 'not valid JSON'],
    ['a list', [1], 0, 'does not hold a JSON object'],
    ['an unknown type', { a: tensor(0, 4, [1], 'F1') }, 4, 'unknown type F1'],
    ['a negative size', { a: tensor(0, 4, [-1]) }, 4, 'no proper shape'],
    ['no shape', { a: { dtype: 'F32', data_offsets: [0, 4] } }, 4, 'no proper shape'],
    ['no offsets', { a: { dtype: 'F32', shape: [1] } }, 4, 'no proper offsets'],
    ['null for a tensor', { a: null }, 0, 'unknown type'],
    ['a size that is not its shape', { a: tensor(0, 8, [3]) }, 8, 'takes 12 bytes'],
    ['a shape beyond all memory', { a: tensor(0, 8, [2 ** 40, 2 ** 40]) }, 8, 'its offsets span 8'],
    ['overlapping tensors', { a: tensor(0, 8), b: tensor(4, 12) }, 12, 'begins at byte 4'],
    ['a hole', { a: tensor(0, 4), b: tensor(8, 12) }, 12, 'begins at byte 8'],
    ['data beyond the end', { a: tensor(0, 8) }, 4, 'truncated'],
    ['left-over data', { a: tensor(0, 4) }, 12, '8 bytes at its end'],
    ['doubles', { a: tensor(0, 8, [1], 'F64') }, 8, 'F64, which is not supported'],
  ])('refuses a header with %s', async (_, header, dataBytes, message) => {
    expect(await complaint(await fileOf(header, dataBytes))).toContain(message);
  });

  it('refuses a header that would take all memory', async () => {
    expect(await complaint(await fileOf({}, 0, 2n ** 62n))).toContain('header would take');
  });
});

describe('writeSafetensors', () => {
  it('writes what it reads, replaces the old file, and leaves nothing beside it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'model.safetensors');
    const matrix = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    const view = { shape: [], data: new Float32Array([7, 8, 9]).subarray(1, 2) };
    await writeSafetensors(path, new Map([['old', matrix]]));
    await writeSafetensors(path, new Map(Object.entries({ 'a.weight': matrix, 'b é': view })), { step: '3' });
    const { metadata, tensors } = await readSafetensors(path);
    expect(metadata).toEqual({ step: '3' });
    expect(tensors).toEqual(
      new Map(
        Object.entries({
          'a.weight': { ...matrix, dtype: 'F32' },
          'b é': { ...view, dtype: 'F32', data: Float32Array.of(8) },
        }),
      ),
    );
    expect(await readdir(folder)).toEqual(['model.safetensors']);
  });

  it('keeps the old file and removes the new one when writing fails', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'model.safetensors');
    const good = { shape: [1], data: Float32Array.of(1) };
    await writeSafetensors(path, new Map([['good', good]]));
    const broken = { shape: [1], data: undefined as unknown as Float32Array };
    await expect(writeSafetensors(path, new Map([['broken', broken]]))).rejects.toThrow();
    expect((await readSafetensors(path)).tensors.get('good')?.data).toEqual(good.data);
    expect(await readdir(folder)).toEqual(['model.safetensors']);
  });
});
