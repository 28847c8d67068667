import { changingErrors } from './changing-errors.js';
import { InputError } from './errors.js';
import type { Settings } from './setting-shapes.js';

/**
 * Calls `use`, and gives the options of its errors the names that they have here: a loader speaks of its option `hub`,
 * which the room that asked it calls `data.hub`. Options that the map lacks keep their names.
 *
 * @param names of options, from the room below to this one
 * @returns what `use` returns; a promise stays a promise
 */
export const renamingOptions = <T>(names: Readonly<Record<string, string>>, use: () => T): T =>
  changingErrors((error) => renamed(error, names), use);

/** For `renamingOptions`: what settings are called where they stand in a section, `p` as `mixout.p`. */
export const namesBelow = (section: string, { shape }: Settings): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(shape).map((key) => [key, `${section}.${key}`]));

function renamed(error: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof InputError) || error.option === undefined) return error;
  const option = Object.hasOwn(names, error.option) ? names[error.option] : undefined;
  if (option === undefined) return error;
  const { where, hint, cause } = error;
  return new InputError(error.message, {
    option,
    cause,
    ...(where !== undefined && where !== error.option && { where }),
    ...(hint !== undefined && { hint }),
  });
}
