import { readFileSync } from 'node:fs';
import { temporaryFile } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { collect, fixture } from '../testing/files.js';
import { readParquet } from './parquet.js';

const good = readFileSync(fixture('two-row-groups.parquet'));

async function expectRefused(content: string | Uint8Array) {
  const path = await temporaryFile('broken.parquet', content);
  await expect(collect(readParquet(path))).rejects.toMatchObject({
    name: 'InputError',
    where: path,
    hint: expect.stringContaining('download it again') as string,
  });
}

describe('reading parquet', () => {
  it('gives all rows over all row groups, numbered from 0', async () => {
    const rows = await collect(readParquet(fixture('two-row-groups.parquet')));
    expect(rows.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(rows[4]?.cells).toEqual({ sentence: 'Not a dull page in it.', label: 1n, idx: 4 });
    expect(rows[4]?.where).toContain('two-row-groups.parquet, row 4');
  });

  it('refuses a file cut short anywhere', async () => {
    for (const length of [0, 3, 100, good.length - 1]) await expectRefused(good.subarray(0, length));
  });

  it('refuses a file whose data is damaged under a sound footer', async () => {
    const damaged = Uint8Array.from(good);
    damaged.fill(0xff, 4, 200);
    await expectRefused(damaged);
  });

  it('refuses what is no parquet file, such as a Git LFS pointer', async () => {
    await expectRefused('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n');
  });

  it('refuses a file that is not there', async () => {
    await expect(collect(readParquet('/nowhere/train.parquet'))).rejects.toMatchObject({
      name: 'InputError',
      where: '/nowhere/train.parquet',
    });
  });
});
