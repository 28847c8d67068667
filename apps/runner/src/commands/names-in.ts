import { InputError } from '@rose/foundation';

/**
 * The names that stand between the commas of an option's value; undefined where it was not given.
 * @throws InputError for an empty one
 */
export function namesIn(option: string, text: string | undefined): string[] | undefined {
  const names = text?.split(',').map((name) => name.trim());
  if (!names?.includes('')) return names;
  throw new InputError('A name between two commas is empty.', {
    where: `--${option}=${text}`,
    hint: 'Write it as a,b.',
  });
}
