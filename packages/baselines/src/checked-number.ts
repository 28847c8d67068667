import { InputError } from '@rose/foundation';

/** A number of an objective, by the path of its setting. */
interface NumberSetting {
  readonly where: string;
  readonly hint: string;
}

/** @throws InputError for a negative or infinite number, or none at all */
export function notNegative(value: number, setting: NumberSetting): number {
  if (value >= 0 && Number.isFinite(value)) return value;
  throw new InputError(`${setting.where} is ${value} and must not be below 0.`, setting);
}

/** @throws InputError for anything but a whole number from `least` up */
export function wholeNumber(value: number, least: number, setting: NumberSetting): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new InputError(`${setting.where} is ${value} and must be a whole number, at least ${least}.`, setting);
}
