import { readFile, stat } from 'node:fs/promises';
import { InputError } from '@rose/foundation';

/** Whether an error means that the file is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Reads a text file. @throws InputError with the hint when it is missing */
export async function readText(path: string, hint: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) throw new InputError('The file is not there.', { where: path, hint, cause: error });
    if (error instanceof Error && 'code' in error) {
      throw new InputError(`The file cannot be read: ${String(error.code)}.`, { where: path, hint, cause: error });
    }
    throw error;
  }
}
