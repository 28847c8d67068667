import { InputError, settingNames, unknownSetting } from '@rose/foundation';
import type { z } from 'zod';
import { leadsTo, type Place, type PlaceOf } from './places.js';
import { YamlError, readYaml } from './yaml.js';

/** Settings as somebody wrote them, section by section. */
export type Given = Record<string, unknown>;

/** One `KEY=VALUE`. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  /** As it was written. */
  readonly text: string;
}

/**
 * Reads `training.epochs=3`: the value is YAML, so that numbers, lists and strings read as in a file.
 * @throws InputError for what has no key, and for a value that is not YAML
 */
export function parseOverride(text: string): Override {
  const hint = 'Write KEY=VALUE, such as training.epochs=3.';
  const at = text.indexOf('=');
  const path = text.slice(0, Math.max(0, at)).split('.');
  if (path.includes('')) throw new InputError(`'${text}' is no setting.`, { option: 'set', hint });
  try {
    return { path, text, value: readYaml(text.slice(at + 1)).content };
  } catch (cause) {
    if (!(cause instanceof YamlError)) throw cause;
    throw new InputError(`The value of '${path.join('.')}' is not valid YAML: ${cause.message}`, {
      ...placeOfOverride({ text }),
      hint,
      cause,
    });
  }
}

/** The place of what an override says. */
export const placeOfOverride = ({ text }: Pick<Override, 'text'>): Place => {
  const [line = ''] = text.split('\n');
  const isLong = line !== text || line.length > LONGEST_SHOWN;
  return { where: isLong ? `${line.slice(0, LONGEST_SHOWN)}…` : line, option: 'set' };
};

const LONGEST_SHOWN = 100;

/** The override that a setting comes from, the last of several. */
export const overrideOf = (path: readonly string[], overrides: readonly Override[]): Override | undefined =>
  overrides.findLast((override) => leadsTo(override.path, path));

/** Where each setting was given: by an override, or elsewhere. */
export const placeAmong =
  (overrides: readonly Override[], elsewhere: PlaceOf): PlaceOf =>
  (path) => {
    const override = overrideOf(path, overrides);
    return override ? placeOfOverride(override) : elsewhere(path);
  };

/**
 * A copy of the settings with an override.
 * @throws InputError for a setting that the schema does not know, with the nearest that it does
 */
export function withOverride(given: Given, override: Override, schema: z.ZodType): Given {
  const { path, value } = override;
  for (const depth of path.keys()) {
    if (settingNames(schema, path.slice(0, depth)).includes(path[depth] ?? '')) continue;
    const { message, hint } = unknownSetting(path.slice(0, depth + 1), { schema });
    throw new InputError(message, { ...placeOfOverride(override), ...(hint !== undefined && { hint }) });
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
