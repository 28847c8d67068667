import { InputError, type InputErrorDetails } from '@rose/foundation';

/** GLUE's usual length, and that of ROSE's runs. */
const USUAL_LENGTH = 128;

/**
 * The most tokens of a sequence: what was asked for, else the usual length or what the model reads, whichever is less.
 * @param most the most tokens that the model reads
 * @param place where the length was asked for
 * @throws InputError when the model does not read that many
 */
export function checkedLength(
  asked: number | undefined,
  most: number,
  place: Pick<InputErrorDetails, 'where' | 'option'>,
): number {
  if (asked !== undefined && asked > most) {
    throw new InputError(`The maximum length is ${asked}, but the model reads ${most} tokens at most.`, {
      ...place,
      hint: `Give a maximum length of at most ${most}.`,
    });
  }
  return asked ?? Math.min(USUAL_LENGTH, most);
}
