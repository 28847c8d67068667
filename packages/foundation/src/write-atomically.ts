import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

let written = 0;

/** JSON as our files have it: two spaces, and a line's end. */
export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Writes a file so that a reader sees the old one or the whole new one, whatever happens in between: a temporary file
 * beside it is filled and then moved there. Its name carries the process id, since several processes may write the same file.
 * The folder is made where it is missing; after an error nothing temporary is left.
 *
 * @param content the text, or a function that fills the temporary file
 */
export async function writeAtomically(
  path: string,
  content: string | ((temporary: string) => Promise<void>),
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${written++}.tmp`;
  try {
    await (typeof content === 'string' ? writeFile(temporary, content, { flush: true }) : content(temporary));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
