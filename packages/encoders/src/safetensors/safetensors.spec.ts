import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@rose/foundation';
import { temporaryFile, temporaryFolder } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { fixture } from '../testing/fixtures.js';
import { findNonFinite } from './find-non-finite.js';
import { readSafetensors, readSafetensorsHeader } from './read-safetensors.js';
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
    ['an unknown type', { a: tensor(0, 4, [1], 'F1') }, 4, 'unknown type "F1"'],
    ['a negative size', { a: tensor(0, 4, [-1]) }, 4, 'no proper shape'],
    ['no shape', { a: { dtype: 'F32', data_offsets: [0, 4] } }, 4, 'no proper shape'],
    ['no offsets', { a: { dtype: 'F32', shape: [1] } }, 4, 'no proper offsets'],
    ['null for a tensor', { a: null }, 0, 'unknown type'],
    ['a size that is not its shape', { a: tensor(0, 8, [3]) }, 8, 'takes 12 bytes'],
    ['a shape beyond all memory', { a: tensor(0, 8, [2 ** 40, 2 ** 40]) }, 8, 'a shape beyond all memory'],
    ['a shape whose overflow a 0 hides', { a: tensor(0, 0, [2 ** 50, 2 ** 50, 0]) }, 0, 'beyond all memory'],
    ['a size beyond whole numbers', { a: tensor(0, 8, [2 ** 60]) }, 8, 'no proper shape'],
    ['a size that is no whole number', { a: tensor(0, 8, [1.5]) }, 8, 'no proper shape'],
    ['NaN for a size', '{"a": {"dtype": "F32", "shape": [NaN], "data_offsets": [0, 4]}}', 4, 'not valid JSON'],
    ['a type that objects have', { a: tensor(0, 8, [2], 'constructor') }, 8, 'unknown type "constructor"'],
    ['numbers in its metadata', { __metadata__: { step: 3 }, a: tensor(0, 4) }, 4, '"__metadata__"'],
    ['a list for metadata', { __metadata__: ['pt'], a: tensor(0, 4) }, 4, '"__metadata__"'],
    ['one tensor twice', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{}}', 4, 'the key "a" twice'],
    ['one tensor twice, once escaped', '{"a":{},"\\u0061":{}}', 0, '"\\u0061" twice'],
    ['a key of a tensor twice', '{"a":{"dtype":"F32","dtype":"I8"}}', 0, 'the key "dtype" twice'],
    ['endless nesting', `{"a":${'['.repeat(100_000)}`, 0, 'nested more than 3 deep'],
    ['a string without end', `{"a${'\\"'.repeat(50_000)}`, 0, 'not valid JSON'],
    ['control characters in a name', { 'a\u001b[2J': tensor(0, 4, [-1]) }, 4, '"a\\u001b[2J" has no proper'],
    ['a byte order mark', '\ufeff{}', 0, 'not valid JSON'],
    ['overlapping tensors', { a: tensor(0, 8), b: tensor(4, 12) }, 12, 'begins at byte 4'],
    ['a hole', { a: tensor(0, 4), b: tensor(8, 12) }, 12, 'begins at byte 8'],
    ['data beyond the end', { a: tensor(0, 8) }, 4, 'truncated'],
    ['left-over data', { a: tensor(0, 4) }, 12, '8 bytes at its end'],
    ['doubles', { a: tensor(0, 8, [1], 'F64') }, 8, 'F64, which is not supported'],
  ])('refuses a header with %s', async (_, header, dataBytes, message) => {
    expect(await complaint(await fileOf(header, dataBytes))).toContain(message);
  });

  it('refuses a header that is no text', async () => {
    const json = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(json.length));
    expect(await complaint(await temporaryFile('m.safetensors', Buffer.concat([size, json])))).toContain('not UTF-8');
  });

  it('takes tensors of no element, of no axis, and of any name', async () => {
    const header =
      '{"__proto__":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[4,4]}}';
    const { tensors } = await readSafetensors(await fileOf(header, 4));
    expect([...tensors]).toEqual([
      ['__proto__', { dtype: 'F32', shape: [], data: new Float32Array(1) }],
      ['none', { dtype: 'F32', shape: [0, 3], data: new Float32Array(0) }],
    ]);
    const path = join(await temporaryFolder(), 'again.safetensors');
    await writeSafetensors(path, tensors);
    expect([...(await readSafetensors(path)).tensors.keys()]).toEqual(['__proto__', 'none']);
  });

  it.each(['F8_E4M3', 'F8_E5M2', 'F4', 'F6_E2M3'])('tells the type %s from a file cut short', async (dtype) => {
    const bytes = { F4: 4, F6_E2M3: 6 }[dtype] ?? 8;
    expect(await complaint(await fileOf({ a: tensor(0, bytes, [8], dtype) }, bytes))).toBe(
      `"a" is stored as ${dtype}, which is not supported.`,
    );
  });

  it('reads what it is asked for alone, whatever lies beside it', async () => {
    const path = await fileOf({ a: tensor(0, 8), b: tensor(8, 16, [1], 'F64'), c: tensor(16, 20, [4], 'I8') }, 20);
    expect([...(await readSafetensors(path, { names: new Set(['a', 'none']) })).tensors.keys()]).toEqual(['a']);
    await expect(readSafetensors(path, { names: new Set(['c']) })).rejects.toThrow('"c" is stored as I8');
    expect((await readSafetensorsHeader(path)).entries.map(({ dtype }) => dtype)).toEqual(['F32', 'F64', 'I8']);
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

describe('findNonFinite', () => {
  it.each([
    ['F32', [0x7f800000], Infinity],
    ['F32', [0x3f800000, 0xffc00000], NaN],
    ['F16', [0x3c00, 0xfc00], -Infinity],
    ['F16', [0x7bff, 0x7c01], NaN],
    ['BF16', [0x7f7f, 0x7f80], Infinity],
  ] as const)('finds in %s %j', async (dtype, bits, value) => {
    const data = Buffer.from(dtype === 'F32' ? Uint32Array.from(bits).buffer : Uint16Array.from(bits).buffer);
    const header = { good: tensor(0, 4), bad: tensor(4, 4 + data.length, [bits.length], dtype) };
    const json = Buffer.from(JSON.stringify(header));
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(json.length));
    const path = await temporaryFile('m.safetensors', Buffer.concat([size, json, Buffer.alloc(4), data]));
    expect(await findNonFinite(path, new Set(['good', 'bad']))).toEqual({ name: 'bad', value });
    expect(await findNonFinite(path, new Set(['good']))).toBeUndefined();
  });
});
