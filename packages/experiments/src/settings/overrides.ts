import { InputError, settingNames, unknownSetting } from '@rose/foundation';
import { parseDocument } from 'yaml';
import type { z } from 'zod';

/** Settings as somebody wrote them, section by section. */
export type Given = Record<string, unknown>;

/** One `KEY=VALUE`. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Reads `training.epochs=3`: the value is YAML, so that numbers, lists and strings read as in a file.
 * @throws InputError for what has no key, and for a value that is not YAML
 */
export function parseOverride(text: string): Override {
  const at = text.indexOf('=');
  const value = at < 1 ? undefined : parseDocument(text.slice(at + 1));
  if (value && value.errors.length === 0) return { path: text.slice(0, at).split('.'), value: value.toJS() as unknown };
  throw new InputError(at < 1 ? `'${text}' is no setting.` : `The value of '${text}' is not valid YAML.`, {
    option: 'set',
    hint: 'Write KEY=VALUE, such as training.epochs=3.',
  });
}

/**
 * A copy of the settings with an override.
 * @throws InputError for a setting that the schema does not know, with the nearest that it does
 */
export function withOverride(given: Given, { path, value }: Override, schema: z.ZodType): Given {
  for (const depth of path.keys()) {
    if (!settingNames(schema, path.slice(0, depth)).includes(path[depth] ?? '')) {
      throw unknownSetting(path.slice(0, depth + 1), { schema });
    }
  }
  return replaced(given, path, value);
}

function replaced(given: unknown, [key = '', ...rest]: readonly string[], value: unknown): Given {
  const section = isSection(given) ? given : {};
  return { ...section, [key]: rest.length === 0 ? value : replaced(section[key], rest, value) };
}

export const isSection = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The paths of all settings that are given, below sections that the schema knows. */
export function givenPaths(given: Given, schema: z.ZodType, prefix: readonly string[] = []): string[][] {
  return Object.entries(given).flatMap(([key, value]) => {
    const path = [...prefix, key];
    return isSection(value) && settingNames(schema, path).length > 0 ? givenPaths(value, schema, path) : [path];
  });
}

/** What is given at a path. */
export const givenAt = (given: Given, path: readonly string[]): unknown =>
  path.reduce<unknown>((section, key) => (isSection(section) ? section[key] : undefined), given);

/** A copy of the settings without one of them. */
export function withoutSetting(given: Given, [key = '', ...rest]: readonly string[]): Given {
  const { [key]: inner, ...others } = given;
  if (rest.length === 0) return others;
  return isSection(inner) ? { ...others, [key]: withoutSetting(inner, rest) } : given;
}
