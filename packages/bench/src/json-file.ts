import { appendFile, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError, checkFolder } from '@rose/foundation';
import type { BenchLine } from './lines.js';

/**
 * A file of measurements. Each is in it as soon as it is made, so that a bench that is stopped leaves them; the first
 * replaces what the file held before, so that a bench that cannot start leaves that.
 * @throws InputError for a file that cannot be written
 */
export async function startJsonFile(file: string): Promise<(line: BenchLine) => Promise<void>> {
  // A place that cannot be written to is found out now, not after an hour.
  await checkFile(file);
  let flag: 'w' | 'a' = 'w';
  return async (line) => {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(file, `${JSON.stringify(line)}\n`, { flag });
    flag = 'a';
  };
}

/** Leaves what is there, and nothing where nothing is. */
async function checkFile(file: string): Promise<void> {
  await checkFolder(path.dirname(path.resolve(file)), { option: 'file' });
  if (!(await stat(file).catch(() => undefined))) return;
  await appendFile(file, '').catch((cause: NodeJS.ErrnoException) => {
    throw new InputError(`The file cannot be written (${cause.code}).`, {
      where: file,
      option: 'file',
      hint: 'Choose another file.',
      cause,
    });
  });
}
