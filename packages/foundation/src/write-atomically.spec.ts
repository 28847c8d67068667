import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@rose/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeAtomically } from './write-atomically.js';

describe('writeAtomically', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  it('makes the folders on the way and leaves nothing but the file', async () => {
    await writeAtomically(join(folder, 'a', 'b.txt'), 'text');
    expect(await readFile(join(folder, 'a', 'b.txt'), 'utf8')).toBe('text');
    expect(await readdir(join(folder, 'a'))).toEqual(['b.txt']);
  });

  it('keeps the old file, and nothing temporary, when writing fails half way', async () => {
    const file = join(folder, 'kept.txt');
    await writeAtomically(file, 'old');
    const failing = writeAtomically(file, async (temporary) => {
      await writeFile(temporary, 'half');
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['kept.txt']);
  });

  it('lets several writers of one file leave one of their texts whole', async () => {
    const file = join(folder, 'shared.txt');
    const texts = Array.from({ length: 8 }, (_, i) => String(i).repeat(10_000));
    await Promise.all(texts.map((text) => writeAtomically(file, text)));
    expect(texts).toContain(await readFile(file, 'utf8'));
    expect(await readdir(folder)).toEqual(['shared.txt']);
  });
});
