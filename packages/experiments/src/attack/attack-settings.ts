import type { RecipeDescriptor } from '@rose/attacks';
import { namesBelow, parseSettings } from '@rose/foundation';
import { victimKinds } from '@rose/victims';
import { z } from 'zod';
import type { Catalogue } from '../catalogue/catalogue.js';
import { type IdleSetting, type Idleness, refuseIdle } from '../settings/idle-setting.js';
import { type Given, givenPaths, parseOverride, placeAmong, withOverride } from '../settings/overrides.js';
import { type PlaceOf, placing } from '../settings/places.js';
import type { Experiment } from '../settings/schema.js';
import { attackSettingsInUse } from '../recipes/attack-settings-in-use.js';

/** The sections of an experiment that concern an attack without training, and the victim's own. */
export interface AttackSettings extends Pick<Experiment, 'data' | 'attack' | 'backend'> {
  /** Each kind of victim takes its own settings and refuses the rest. */
  readonly victim: Readonly<Record<string, unknown>>;
}

export interface GivenAttackSettings {
  readonly settings: AttackSettings;
  /** Where each setting was given. */
  readonly placeOf: PlaceOf;
  /** Why each of these settings has no use here, by its path; @throws InputError for one that was given. */
  refuse(idle: Readonly<Record<string, Idleness>>): void;
}

/** What is set of data has to do with dev rows; the rest of the section is about training. */
const DATA_SETTINGS = ['source', 'hub'];

/** The names that settings of victims have among these. */
export const victimKeys: Readonly<Record<string, string>> = Object.fromEntries(
  victimKinds.flatMap(({ settings }) => Object.entries(namesBelow('victim', settings))),
);

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
}): GivenAttackSettings {
  const schema = schemaOf(catalogue);
  const overrides = set.map(parseOverride);
  const placeOf = placeAmong(overrides, (path) => ({ option: path.join('.') }));
  const given = overrides.reduce<Given>((all, override) => withOverride(all, override, schema), {});
  return placing(placeOf, () => {
    const settings = parseSettings(schema, given) as unknown as AttackSettings;
    const paths = givenPaths(given, schema);
    refuseIdle(idleSettings(paths, settings, { recipe, catalogue }));
    return {
      settings,
      placeOf,
      refuse(idle) {
        const found = paths.flatMap((path) => {
          const why = idle[path.join('.')];
          return why ? [{ path, ...why }] : [];
        });
        placing(placeOf, () => refuseIdle(found));
      },
    };
  });
}

function schemaOf({ schema }: Catalogue) {
  const { data, attack, backend } = schema.shape as Record<string, z.ZodType>;
  // The kinds check values; here only the names have to be known.
  const names = Object.keys(victimKeys).map((name) => [name, z.unknown().optional()] as const);
  const victim = z.strictObject(Object.fromEntries(names));
  return z.strictObject({ data, attack, backend, victim: victim.prefault({}) } as Record<string, z.ZodType>);
}

interface Attacking {
  readonly recipe: RecipeDescriptor;
  readonly catalogue: Catalogue;
}

/** Those of the settings given that act on nothing, whatever the victim. */
function idleSettings(
  paths: readonly (readonly string[])[],
  { attack, data }: AttackSettings,
  { recipe, catalogue: { recipes } }: Attacking,
): IdleSetting[] {
  const ofAttack = attackSettingsInUse({ attacks: [recipe], recipes, section: attack });
  const ofData = (key: string): Idleness | undefined => {
    if (!DATA_SETTINGS.includes(key)) return { why: 'an attack reads dev rows and trains nothing', servants: [] };
    return key === 'hub' && data.source !== 'folder'
      ? { why: 'the data are embedded', servants: ['data.source: folder'] }
      : undefined;
  };
  return paths.flatMap((path) => {
    const [section, key = '', ...rest] = path;
    // Whatever the recipe, similarity is measured with it.
    if (section === 'attack' && key === 'similarity') return [];
    const idle = section === 'attack' ? ofAttack([key, ...rest]) : section === 'data' ? ofData(key) : undefined;
    return idle ? [{ path, ...idle }] : [];
  });
}
