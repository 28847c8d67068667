import { z } from 'zod';

/** The names that a schema knows at a path; none for what is no object. */
export function settingNames(schema: z.ZodType, path: readonly string[] = []): readonly string[] {
  const inner = path.reduce<z.ZodType | undefined>((object, key) => shapeOf(object)?.[key], schema);
  return Object.keys(shapeOf(inner) ?? {});
}

/** The setting at a path, or the one that the path lies in. */
export function settingAt(schema: z.ZodType, path: readonly string[]): z.ZodType | undefined {
  let setting: z.ZodType | undefined = schema;
  for (const key of path) {
    const shape = shapeOf(setting);
    if (!shape) return setting;
    setting = shape[key];
  }
  return setting;
}

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
