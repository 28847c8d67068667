import type { ObjectiveDescriptor, SelectionDescriptor } from '@rose/fine-tuning';
import { type Settings, byName } from '@rose/foundation';
import { z } from 'zod';

export type MethodEntry = ObjectiveDescriptor | SelectionDescriptor;

/** All that a variant may be made of. */
export interface Methods {
  readonly objectives: ReadonlyMap<string, ObjectiveDescriptor>;
  readonly selections: ReadonlyMap<string, SelectionDescriptor>;
}

/** @throws Error for two methods of one name: a variant could not tell them apart */
export function methodsOf(entries: readonly MethodEntry[]): Methods {
  byName(entries);
  return {
    objectives: byName(entries.filter((entry): entry is ObjectiveDescriptor => entry.kind === 'objective')),
    selections: byName(entries.filter((entry): entry is SelectionDescriptor => entry.kind === 'selection')),
  };
}

export const allMethods = ({ objectives, selections }: Methods): readonly MethodEntry[] => [
  ...objectives.values(),
  ...selections.values(),
];

/**
 * The sections of an experiment that belong to methods, each with the settings of all methods that share it.
 * @throws Error where two methods of a section mean different things by one name
 */
export function methodSections(methods: Methods): ReadonlyMap<string, Settings> {
  const shapes = new Map<string, Record<string, z.ZodType>>();
  for (const { name, section, settings } of allMethods(methods)) {
    if (section === undefined) continue;
    const shape = shapes.get(section) ?? {};
    for (const [key, schema] of Object.entries(settings.shape as Record<string, z.ZodType>)) {
      if ((shape[key] ??= schema) !== schema) {
        throw new Error(`'${section}.${key}' means one thing to '${name}' and another to a method before it.`);
      }
    }
    shapes.set(section, shape);
  }
  return new Map([...shapes].map(([section, shape]) => [section, z.strictObject(shape)]));
}
