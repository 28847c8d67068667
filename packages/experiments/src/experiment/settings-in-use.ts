import type { RecipeDescriptor, ResourceRole } from '@rose/attacks';
import { InputError } from '@rose/foundation';
import type { Catalogue } from '../catalogue/catalogue.js';
import { decidedElsewhere } from '../methods/method-options.js';
import { allMethods } from '../methods/methods.js';
import { parseVariant } from '../methods/variants.js';
import { type Given, givenPaths } from '../settings/overrides.js';
import type { Experiment } from '../settings/schema.js';

/** A setting that acts on nothing in an experiment, and what would have use for it. */
export interface IdleSetting {
  readonly path: readonly string[];
  readonly why: string;
  /** Names of what it would act on. */
  readonly servants: readonly string[];
}

/** The settings that were given and act on nothing: of methods that no variant has, of recipes that no suite is … */
export function idleSettings(given: Given, experiment: Experiment, catalogue: Catalogue): IdleSetting[] {
  const use = usesOf(experiment, catalogue);
  return givenPaths(given, catalogue.schema).flatMap((path) => use(path) ?? []);
}

/** @throws InputError for the first of these settings */
export function refuseIdle(idle: readonly IdleSetting[]): void {
  const [first] = idle;
  if (!first) return;
  throw new InputError(`The setting '${first.path.join('.')}' has no use here: ${first.why}.`, {
    option: first.path.join('.'),
    hint:
      first.servants.length > 0
        ? `It is a setting of ${first.servants.join(', ')}. Leave it out, or choose one of these.`
        : 'Leave it out.',
  });
}

/** For the path of a setting: why it is idle; undefined where it acts. */
function usesOf(experiment: Experiment, catalogue: Catalogue) {
  const { methods, recipes } = catalogue;
  const variants = experiment.variants.map((name) => parseVariant(name, methods));
  const attacks = experiment.suites.flatMap((name) => recipes.get(name) ?? []);

  const ofMethod = (section: string, key: string): Omit<IdleSetting, 'path'> | undefined => {
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

  const needing = (role: ResourceRole): Omit<IdleSetting, 'path'> | undefined => {
    const asks = ({ needs, uses }: RecipeDescriptor) => needs.includes(role) || uses.includes(role);
    if (attacks.some(asks)) return undefined;
    return { why: 'no suite asks for it', servants: [...recipes.values()].filter(asks).map(({ name }) => name) };
  };

  const ofAttack = ([key, recipe]: readonly string[]): Omit<IdleSetting, 'path'> | undefined => {
    switch (key) {
      case 'recipes':
        return recipe === undefined || attacks.some(({ name }) => name === recipe)
          ? undefined
          : { why: `the recipe '${recipe}' is not among the suites`, servants: [] };
      case 'synonyms':
        return needing('synonyms');
      case 'counterFitted':
        return experiment.attack.synonyms === 'counter-fitted'
          ? needing('synonyms')
          : { why: 'synonyms come from WordNet', servants: ['attack.synonyms: counter-fitted'] };
      case 'similarity':
        return needing('sentenceEncoder');
      case 'maskedLanguageModel':
        return needing('maskedLanguageModel');
      default:
        return attacks.length > 0 ? undefined : { why: 'no suite is an attack', servants: [...recipes.keys()] };
    }
  };

  const ofData = (key: string): Omit<IdleSetting, 'path'> | undefined => {
    if (key !== 'hub' && key !== 'advGlue') return undefined;
    if (experiment.data.source !== 'folder') {
      return { why: 'the data are embedded', servants: ['data.source: folder'] };
    }
    if (key === 'advGlue' && !experiment.suites.includes('advglue')) {
      return { why: 'no suite reads it', servants: ['advglue'] };
    }
    return undefined;
  };

  return (path: readonly string[]): IdleSetting | undefined => {
    const [section = '', key = '', ...rest] = path;
    if (key === '') return undefined;
    let idle: Omit<IdleSetting, 'path'> | undefined;
    if (catalogue.methodSections.has(section)) idle = ofMethod(section, key);
    else if (section === 'attack') idle = ofAttack([key, ...rest]);
    else if (section === 'data') idle = ofData(key);
    return idle && { path, ...idle };
  };
}

/** The experiment without the sections that nothing in it has use for: what is recorded is what acted. */
export function withoutIdleSections(experiment: Experiment, catalogue: Catalogue): Experiment {
  const use = usesOf(experiment, catalogue);
  const kept = (path: readonly string[], value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).flatMap(([key, inner]) => {
      const at = [...path, key];
      if (at.length >= 2 && use(at)) return [];
      const rest = at.length === 1 || (at.length === 2 && key === 'recipes') ? kept(at, inner) : inner;
      return rest === undefined ? [] : [[key, rest] as const];
    });
    // A section of which nothing is left.
    return path.length > 0 && entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  return kept([], experiment) as Experiment;
}
