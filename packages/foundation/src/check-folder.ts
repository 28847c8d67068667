import { mkdtemp, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from './errors.js';

export interface FolderCheck {
  /** The option that names the folder. */
  readonly option: string;
  /** Whether to try if a folder can be made there, which leaves nothing behind; default true. */
  readonly tries?: boolean;
}

/**
 * Refuses a place that no folder can be at, before there is anything to be put into it: a file lies there or on the way, or
 * nothing can be written.
 *
 * @param folder need not exist
 * @throws InputError
 */
export async function checkFolder(folder: string, { option, tries = true }: FolderCheck): Promise<void> {
  const refuse = (message: string, where: string, cause?: unknown) =>
    new InputError(message, { where, option, hint: 'Choose another folder.', cause });
  const there = await nearest(path.resolve(folder), (where, cause) => refuse(reasonOf(cause), where, cause));
  if (!there.isFolder) throw refuse('A file lies where the folder should be.', there.place);
  if (!tries) return;
  try {
    await rmdir(await mkdtemp(path.join(there.place, '.rose-')));
  } catch (cause) {
    throw refuse(reasonOf(cause), there.place, cause);
  }
}

const reasonOf = (cause: unknown): string => `Nothing can be written here (${(cause as NodeJS.ErrnoException).code}).`;

/** The place itself or the nearest above it that exists. */
async function nearest(
  place: string,
  refuse: (place: string, cause: unknown) => InputError,
): Promise<{ readonly place: string; readonly isFolder: boolean }> {
  try {
    return { place, isFolder: (await stat(place)).isDirectory() };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const above = path.dirname(place);
    if ((code !== 'ENOENT' && code !== 'ENOTDIR') || above === place) throw refuse(place, cause);
    return nearest(above, refuse);
  }
}
