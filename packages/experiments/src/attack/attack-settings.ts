import type { RecipeDescriptor } from '@rose/attacks';
import { InputError, settingError } from '@rose/foundation';
import { victimKinds } from '@rose/victims';
import { z } from 'zod';
import type { Catalogue } from '../catalogue/catalogue.js';
import { type Given, givenPaths, parseOverride, withOverride } from '../settings/overrides.js';
import type { Experiment } from '../settings/schema.js';

/** The sections of an experiment that concern an attack without training, and the victim's own. */
export interface AttackSettings extends Pick<Experiment, 'data' | 'attack' | 'backend'> {
  /** Each kind of victim takes its own settings and refuses the rest. */
  readonly victim: Readonly<Record<string, unknown>>;
}

/** What is set of data has to do with dev rows; the rest of the section is about training. */
const DATA_SETTINGS = ['source', 'hub'];

/**
 * The settings with their defaults, after `SECTION.KEY=VALUE` overrides in order; values are YAML.
 * @throws InputError for an unknown key, with the nearest known one, for a wrong value, and for a setting without use
 */
export function parseAttackSettings({
  catalogue,
  set,
  recipe,
}: {
  readonly catalogue: Catalogue;
  readonly set: readonly string[];
  readonly recipe: RecipeDescriptor;
}): AttackSettings {
  const schema = schemaOf(catalogue);
  const given = set.map(parseOverride).reduce<Given>((all, override) => withOverride(all, override, schema), {});
  for (const path of givenPaths(given, schema)) refuseIdle(path, recipe, given);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data as unknown as AttackSettings;
  throw settingError(parsed.error, { schema, given });
}

function schemaOf({ schema }: Catalogue) {
  const { data, attack, backend } = schema.shape as Record<string, z.ZodType>;
  // The kinds check values; here only the names have to be known.
  const names = victimKinds.flatMap(({ settings }) => Object.entries(settings.shape as Record<string, z.ZodType>));
  const victim = z.strictObject(Object.fromEntries(names.map(([name]) => [name, z.unknown().optional()])));
  return z.strictObject({ data, attack, backend, victim: victim.prefault({}) } as Record<string, z.ZodType>);
}

function refuseIdle([section, key = '', name]: readonly string[], recipe: RecipeDescriptor, given: Given): void {
  const asks = (role: 'synonyms' | 'maskedLanguageModel') => recipe.needs.includes(role) || recipe.uses.includes(role);
  const { synonyms } = (given['attack'] ?? {}) as { synonyms?: unknown };
  const idle: Readonly<Record<string, boolean>> = {
    'attack.synonyms': !asks('synonyms'),
    'attack.counterFitted': !asks('synonyms') || synonyms !== 'counter-fitted',
    'attack.maskedLanguageModel': !asks('maskedLanguageModel'),
    'attack.recipes': name !== undefined && name !== recipe.name,
    [`data.${key}`]: section === 'data' && !DATA_SETTINGS.includes(key),
  };
  const path = [section, key].join('.');
  if (!idle[path]) return;
  throw new InputError(`The setting '${path}' has no use in an attack with '${recipe.name}'.`, {
    option: path,
    hint: 'Leave it out.',
  });
}
