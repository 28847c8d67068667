import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkFolder } from './check-folder.js';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'rose-check-'));
  await writeFile(path.join(home, 'file'), '');
});
afterAll(() => rm(home, { recursive: true }));

it.each(['.', 'new', 'new/and/deeper'])('lets %s pass, and leaves nothing there', async (folder) => {
  await checkFolder(path.join(home, folder), { option: 'out' });
  expect(await readdir(home)).toEqual(['file']);
});

it.each(['file', 'file/below', 'file/far/below'])('refuses %s: a file is in the way', async (folder) => {
  for (const tries of [true, false]) {
    await expect(checkFolder(path.join(home, folder), { option: 'out', tries })).rejects.toMatchObject({
      name: 'InputError',
      message: 'A file lies where the folder should be.',
      where: path.join(home, 'file'),
      option: 'out',
    });
  }
});

it('refuses what cannot be', async () => {
  const long = path.join(home, 'x'.repeat(300));
  await expect(checkFolder(long, { option: 'out' })).rejects.toMatchObject({ option: 'out', where: long });
});

it.skipIf(process.platform !== 'linux')('refuses a file system that takes no folders', async () => {
  await expect(checkFolder('/proc/none', { option: 'out' })).rejects.toMatchObject({ where: '/proc' });
});
