import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BenchLine } from './lines.js';

/**
 * A file of measurements. Each is in it as soon as it is made, so that a bench that is stopped leaves them; the first
 * replaces what the file held before, so that a bench that cannot start leaves that.
 */
export async function startJsonFile(file: string): Promise<(line: BenchLine) => Promise<void>> {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  // A place that cannot be written to is found out now, not after an hour.
  await appendFile(file, '');
  let flag: 'w' | 'a' = 'w';
  return async (line) => {
    await writeFile(file, `${JSON.stringify(line)}\n`, { flag });
    flag = 'a';
  };
}
