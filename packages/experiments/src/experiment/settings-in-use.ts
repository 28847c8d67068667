import { families } from '@rose/encoders';
import type { ModelOutline } from '@rose/encoders/internal';
import { attackSettingsInUse } from '../recipes/attack-settings-in-use.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { decidedElsewhere } from '../methods/method-options.js';
import { allMethods } from '../methods/methods.js';
import { parseVariant } from '../methods/variants.js';
import type { IdleSetting, Idleness } from '../settings/idle-setting.js';
import { type Given, givenPaths } from '../settings/overrides.js';
import type { Experiment } from '../settings/schema.js';

/** What decides which settings of an experiment act on something. */
export interface InUse {
  readonly experiment: Experiment;
  readonly catalogue: Catalogue;
  /** Its models; none where nothing is known of them. */
  readonly models: readonly ModelOutline[];
}

/** The settings that were given and act on nothing: of methods that no variant has, of recipes that no suite is … */
export function idleSettings(given: Given, inUse: InUse): IdleSetting[] {
  const use = usesOf(inUse);
  return givenPaths(given, inUse.catalogue.schema).flatMap((path) => use(path) ?? []);
}

/** For the path of a setting: why it is idle; undefined where it acts. */
function usesOf({ experiment, catalogue, models }: InUse) {
  const { methods, recipes } = catalogue;
  const variants = experiment.variants.map((name) => parseVariant(name, methods));
  const attacks = experiment.suites.flatMap((name) => recipes.get(name) ?? []);

  const ofMethod = (section: string, key: string): Idleness | undefined => {
    const servants = allMethods(methods).filter((method) => method.section === section && key in method.settings.shape);
    const isUsed = variants.some(({ objective, selections }) =>
      [objective, ...selections].some(
        (method) => servants.includes(method) && !decidedElsewhere(method, selections).includes(key),
      ),
    );
    if (isUsed) return undefined;
    return {
      why: `no variant takes it (${experiment.variants.join(', ')})`,
      servants: servants.map(({ name }) => name),
    };
  };

  const ofData = (key: string): Idleness | undefined => {
    if (key !== 'hub' && key !== 'advGlue') return undefined;
    if (experiment.data.source !== 'folder') {
      return { why: 'the data are embedded', servants: ['data.source: folder'] };
    }
    if (key === 'advGlue' && !experiment.suites.includes('advglue')) {
      return { why: 'no suite reads it', servants: ['advglue'] };
    }
    return undefined;
  };

  const ofTraining = (key: string): Idleness | undefined => {
    if (key !== 'pooling' || models.length === 0) return undefined;
    if (models.some(({ poolings }) => poolings.length > 0)) return undefined;
    return {
      why: `no model has a choice (${experiment.models.join(', ')})`,
      servants: [...families.values()].filter(({ poolings }) => poolings.length > 0).map(({ name }) => name),
    };
  };

  const ofAttack = attackSettingsInUse({ attacks, recipes, section: experiment.attack });

  return (path: readonly string[]): IdleSetting | undefined => {
    const [section = '', key = '', ...rest] = path;
    if (key === '') return undefined;
    let idle: Idleness | undefined;
    if (catalogue.methodSections.has(section)) idle = ofMethod(section, key);
    else if (section === 'attack') idle = ofAttack([key, ...rest]);
    else if (section === 'data') idle = ofData(key);
    else if (section === 'training') idle = ofTraining(key);
    return idle && { path, ...idle };
  };
}

/** The experiment without the settings that nothing in it has use for: what is recorded is what acted. */
export function withoutIdleSections(inUse: InUse): Experiment {
  const use = usesOf(inUse);
  const kept = (path: readonly string[], value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).flatMap(([key, inner]) => {
      const at = [...path, key];
      if (at.length >= 2 && use(at)) return [];
      const isSection = at.length === 1 || at[1] === 'recipes';
      const rest = isSection ? kept(at, inner) : inner;
      return rest === undefined ? [] : [[key, rest] as const];
    });
    // A section of which nothing is left.
    return path.length > 0 && entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  return kept([], inUse.experiment) as Experiment;
}
