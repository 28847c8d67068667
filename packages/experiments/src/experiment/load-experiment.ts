import { type ModelOutline, outlineModel } from '@rose/encoders/internal';
import { parseSettings } from '@rose/foundation';
import { type Catalogue, findSuite } from '../catalogue/catalogue.js';
import { experimentName, findExperimentFile, readExperimentFile } from './experiment-file.js';
import {
  type Given,
  overrideOf,
  parseOverride,
  placeAmong,
  withOverride,
  withoutSetting,
} from '../settings/overrides.js';
import { type PlaceOf, placing } from '../settings/places.js';
import type { Experiment } from '../settings/schema.js';
import { type IdleSetting, refuseIdle } from '../settings/idle-setting.js';
import { type InUse, idleSettings, withoutIdleSections } from './settings-in-use.js';

export interface LoadedExperiment {
  /** The file's name without its ending: also the default folder of the results. */
  readonly name: string;
  readonly experiment: Experiment;
  /** What file and overrides say, without the defaults. */
  readonly given: Given;
  /** Where each setting was given. */
  readonly placeOf: PlaceOf;
  /** What a user should know of how the two were put together. */
  readonly notes: readonly string[];
}

export interface LoadOptions {
  /** A name, of a file in one of the folders, or the path of a YAML file. */
  readonly experiment: string;
  /** `KEY=VALUE`, in order. */
  readonly set?: readonly string[];
  /** Where a bare name is looked for, the first folder first. */
  readonly folders: readonly string[];
  readonly catalogue: Catalogue;
}

/**
 * Reads an experiment, by name or by file, applies overrides in order and fills in the defaults.
 * @throws InputError with file and line for broken YAML, with the nearest known name for an unknown one, and for a
 *   setting that has no use
 */
export async function loadExperiment(options: LoadOptions): Promise<LoadedExperiment> {
  const { catalogue } = options;
  const file = await findExperimentFile(options.experiment, options.folders);
  const { written, lineOf } = await readExperimentFile(file);
  const overrides = (options.set ?? []).map(parseOverride);
  const inFile: PlaceOf = (path) => {
    const line = lineOf(path);
    return { where: line === undefined ? file : `${file}:${line}`, option: path.join('.') };
  };
  const placeOf = placeAmong(overrides, inFile);
  const given = overrides.reduce((settings, override) => withOverride(settings, override, catalogue.schema), written);
  const experiment = placing(placeOf, () => parseExperiment(given, catalogue));
  const models = await outlinesOf(experiment.models);
  const idle = placing(placeOf, () => idleOf(given, { experiment, catalogue, models }));
  // What the file alone would leave idle is a mistake in the file; what an override has made idle, the override meant.
  const mistaken = overrides.length === 0 ? idle : await idleInFile(written, catalogue);
  placing(inFile, () => refuseIdle(mistaken));
  placing(placeOf, () => refuseIdle(idle.filter(({ path: keys }) => overrideOf(keys, overrides))));
  const kept = idle.reduce((settings, { path: keys }) => withoutSetting(settings, keys), given);
  return {
    name: experimentName(file),
    experiment: withoutIdleSections({ experiment: parseExperiment(kept, catalogue), catalogue, models }),
    given: kept,
    placeOf,
    notes: idle.map(({ path: keys, why }) => `${keys.join('.')} of ${file} is left out: ${why}.`),
  };
}

/** What the models are; nothing where one of them cannot be read, which is refused where it is needed. */
async function outlinesOf(models: readonly string[]): Promise<readonly ModelOutline[]> {
  return Promise.all(models.map(outlineModel)).catch(() => []);
}

/** @throws InputError for variants and suites that are not known */
function idleOf(given: Given, inUse: InUse): IdleSetting[] {
  for (const suite of inUse.experiment.suites) findSuite(inUse.catalogue, suite);
  return idleSettings(given, inUse);
}

/** Idle settings of the file as it stands; a file that is not whole without overrides has none that could be told. */
async function idleInFile(written: Given, catalogue: Catalogue): Promise<readonly IdleSetting[]> {
  try {
    const experiment = parseExperiment(written, catalogue);
    return idleOf(written, { experiment, catalogue, models: await outlinesOf(experiment.models) });
  } catch {
    // It is not whole, or its variants or suites are not known or do not go together: the overrides may say better ones.
    return [];
  }
}

/** @throws InputError naming the setting that is wrong */
export const parseExperiment = (given: Given, { schema }: Catalogue): Experiment =>
  parseSettings(schema, given) as Experiment;
