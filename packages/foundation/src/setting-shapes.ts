import { z } from 'zod';

/**
 * The settings of something that is chosen by name. Each has a range, a description that ends in where its default comes
 * from, and the default itself, which stands nowhere else.
 */
export type Settings = z.ZodObject;

/** The names that a schema knows at a path; none for what is no object. */
export function settingNames(schema: z.ZodType, path: readonly string[] = []): readonly string[] {
  return Object.keys(shapeOf(settingAt(schema, path)) ?? {});
}

/** The part of a path that leads to a setting; the rest leads on inside its value. */
export function settingPath(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const inside = path.findIndex((_, depth) => !shapeOf(settingAt(schema, path.slice(0, depth))));
  return path.slice(0, inside < 0 ? undefined : inside).map(String);
}

/** The setting at a path; undefined where there is none. */
export const settingAt = (schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined =>
  path.reduce<z.ZodType | undefined>((section, key) => {
    const shape = shapeOf(section) ?? {};
    return Object.hasOwn(shape, key) ? shape[String(key)] : undefined;
  }, schema);

/** The full names of all settings, section by section. */
export function allSettings(schema: z.ZodType, prefix = ''): string[] {
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([key, inner]) => {
    const name = prefix + key;
    return shapeOf(inner) ? allSettings(inner, `${name}.`) : [name];
  });
}

export function shapeOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> | undefined {
  const bare = schema && unwrapped(schema);
  return bare instanceof z.ZodObject ? (bare.shape as Record<string, z.ZodType>) : undefined;
}

/** A schema without what says that it may be absent. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}
