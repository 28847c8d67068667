import { InputError, type InputErrorDetails, changingErrors } from '@rose/foundation';

/** Where somebody has given a setting: a line of a file, or an override. */
export type Place = Pick<InputErrorDetails, 'where' | 'option'>;

/** The place of a setting, by its path. */
export type PlaceOf = (path: readonly string[]) => Place;

/** Calls `use`; an error that is about a setting and has no place of its own gets that of the setting. */
export const placing = <T>(placeOf: PlaceOf, use: () => T): T =>
  changingErrors((error) => {
    if (!(error instanceof InputError) || error.option === undefined || error.where !== error.option) return error;
    const { message, option, hint, cause } = error;
    return new InputError(message, { ...placeOf(option.split('.')), cause, ...(hint !== undefined && { hint }) });
  }, use);

/** Whether a path is another one or leads to it. */
export const leadsTo = (path: readonly string[], other: readonly string[]): boolean =>
  path.every((key, depth) => other[depth] === key);
