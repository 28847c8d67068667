import { applySettings, resolveSettings } from '../experiment/resolve-settings.js';
import { experimentSchema } from '../experiment/schema.js';
import { type Variant, findVariant } from '../registry/variants.js';

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
