import { InputError, nearestName } from '@rose/foundation';
import { families } from './families/families.js';
import type { Family } from './model/family.js';
import { exists } from './files/files.js';
import type { JsonObject } from './files/json-object.js';
import { readConfig } from './model/model-folder.js';

/** The family of a model: of an embedded one, or of the folder whose config.json is here. */
export type FoundFamily =
  | { readonly family: Family; readonly embedded: NonNullable<Family['embedded']> }
  | { readonly family: Family; readonly config: JsonObject; readonly embedded?: never };

/**
 * Finds out what a model is, by its name or by the config.json of its folder.
 * @throws InputError for a name or folder that is not there, and for models that no family reads
 */
export async function findFamily(model: string): Promise<FoundFamily> {
  const named = families.get(model);
  if (named?.embedded) return { family: named, embedded: named.embedded };
  const embeddedNames = [...families.values()].filter((family) => family.embedded).map(({ name }) => name);
  const nearest = nearestName(model, embeddedNames);
  if (nearest !== undefined && !(await exists(model))) {
    throw new InputError(`There is no model or folder "${model}".`, {
      option: 'model',
      hint: `Did you mean "${nearest}"?`,
    });
  }
  const config = await readConfig(model);
  const type = config.string('model_type');
  const family = families.get(type);
  if (family) return { family, config };
  throw new InputError(`Models of type "${type}" are not supported.`, {
    where: config.where,
    option: 'model',
    hint: `Supported values of "model_type": ${[...families.keys()].join(', ')}.`,
  });
}
