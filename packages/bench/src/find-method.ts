import { applySettings, resolveSettings } from '@rose/experiments';
import { experimentSchema } from '@rose/experiments';
import { type Variant, findVariant } from '@rose/experiments';

/** A variant with the settings that an experiment has when it says nothing. */
export function findMethod(name: string): Variant {
  const silent = experimentSchema.parse({
    title: 'bench',
    tasks: ['sst2'],
    models: ['random'],
    variants: [name],
    seeds: [1],
  });
  const settings = resolveSettings(silent, { variant: name, task: 'sst2', size: undefined });
  return findVariant(name, applySettings(silent, settings));
}
