import { z } from 'zod';
import { settingError } from './setting-errors.js';
import type { Settings } from './setting-shapes.js';

/** Settings as they are used, with every default filled in. */
export type SettingsOf<S extends Settings> = z.output<S>;

/** Settings as somebody gives them. */
export type GivenSettings<S extends Settings> = z.input<S>;

/** For what has nothing to be set. */
export const noSettings = z.strictObject({});

/**
 * Fills in defaults and checks.
 * @param options.of whose settings these are, as messages call it
 * @throws InputError for an unknown name, with the nearest known one, or a value out of range
 */
export function parseSettings<S extends Settings>(
  schema: S,
  given: unknown,
  options: { readonly of?: string } = {},
): SettingsOf<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw settingError(parsed.error, { schema, given, ...options });
}
