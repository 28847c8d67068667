import { InputError } from '@rose/foundation';

/** @throws InputError when `value` lies outside `from` … `to`, or is not a whole number where one is needed. */
export function checkRange(
  option: string,
  value: number,
  { from, to, whole = false }: { from: number; to: number; whole?: boolean },
): void {
  if (value >= from && value <= to && (!whole || Number.isInteger(value))) return;
  throw new InputError(`${option} is ${value}.`, {
    option,
    hint: `Give a ${whole ? 'whole ' : ''}number from ${from} ${to === Infinity ? 'up' : `to ${to}`}.`,
  });
}
