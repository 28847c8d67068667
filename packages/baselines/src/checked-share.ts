import { InputError } from '@rose/foundation';

/** @throws InputError unless the value lies in (0, 1] */
export function checkedShare(name: string, value: number, { where }: { readonly where: string }): void {
  if (value > 0 && value <= 1) return;
  throw new InputError(`${name} must lie in (0, 1], not ${value}.`, {
    where,
    hint: 'It is the share of elements that learn; the published default is 0.3.',
  });
}
