import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { InputError, nearestName, settingError } from '@rose/foundation';
import { parseDocument } from 'yaml';
import type { Catalogue } from '../catalogue/catalogue.js';
import { type Given, isSection, parseOverride, withOverride, withoutSetting } from '../settings/overrides.js';
import type { Experiment } from '../settings/schema.js';
import { idleSettings, refuseIdle, withoutIdleSections } from './settings-in-use.js';

export interface LoadedExperiment {
  /** The file's name without its ending: also the default folder of the results. */
  readonly name: string;
  readonly experiment: Experiment;
  /** What file and overrides say, without the defaults. */
  readonly given: Given;
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

const yaml = /\.ya?ml$/;

/** The experiments that a bare name may mean. */
export async function listExperiments(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  const names = found.flat().filter((file) => yaml.test(file));
  return [...new Set(names.map((file) => file.replace(yaml, '')))].sort();
}

/**
 * Reads an experiment, by name or by file, applies overrides in order and fills in the defaults.
 * @throws InputError with file and line for broken YAML, with the nearest known name for an unknown one, and for a
 *   setting that has no use
 */
export async function loadExperiment(options: LoadOptions): Promise<LoadedExperiment> {
  const { catalogue, set = [] } = options;
  const file = await findFile(options);
  const written = await readYaml(file);
  const given = set
    .map(parseOverride)
    .reduce((settings, override) => withOverride(settings, override, catalogue.schema), written);
  const experiment = parseExperiment(given, { catalogue, where: file });
  const idle = idleSettings(given, experiment, catalogue);
  // What the file alone would leave idle is a mistake in the file; what an override has made idle, the override meant.
  const inFile = set.length === 0 ? idle : idleInFile(written, options);
  refuseIdle(inFile);
  const overridden = set.map((text) => parseOverride(text).path.join('.'));
  refuseIdle(idle.filter(({ path: [...keys] }) => overridden.some((name) => keys.join('.').startsWith(name))));
  const kept = idle.reduce((settings, { path: keys }) => withoutSetting(settings, keys), given);
  return {
    name: path.basename(file).replace(yaml, ''),
    experiment: withoutIdleSections(parseExperiment(kept, { catalogue, where: file }), catalogue),
    given: kept,
    notes: idle.map(({ path: keys, why }) => `${keys.join('.')} of ${file} is left out: ${why}.`),
  };
}

/** Idle settings of the file as it stands; a file that is not whole without overrides has none that could be told. */
function idleInFile(written: Given, { catalogue }: LoadOptions) {
  const parsed = catalogue.schema.safeParse(written);
  if (!parsed.success) return [];
  try {
    return idleSettings(written, parsed.data as Experiment, catalogue);
  } catch {
    // Its variants are not known: the overrides may say better ones.
    return [];
  }
}

/** @throws InputError naming the setting that is wrong */
export function parseExperiment(
  given: Given,
  { catalogue, where }: { readonly catalogue: Catalogue; readonly where: string },
): Experiment {
  const parsed = catalogue.schema.safeParse(given);
  if (parsed.success) return parsed.data as Experiment;
  const { message, option, hint } = settingError(parsed.error, { schema: catalogue.schema, given });
  throw new InputError(message, {
    where,
    ...(option !== undefined && { option }),
    hint: hint ?? `Change '${option ?? ''}' in the file, or override it.`,
  });
}

async function readYaml(file: string): Promise<Given> {
  const document = parseDocument(await readFile(file, 'utf8'), { prettyErrors: true });
  const [problem] = document.errors;
  if (problem) {
    const line = problem.linePos?.[0].line;
    throw new InputError(`The experiment is not valid YAML: ${problem.message.split('\n')[0] ?? ''}`, {
      where: line ? `${file}:${line}` : file,
      hint: 'Mend the line; experiments/quickstart.yaml shows the form.',
    });
  }
  const content: unknown = document.toJS();
  if (isSection(content)) return content;
  throw new InputError('The experiment holds no settings.', {
    where: file,
    hint: 'Write KEY: VALUE lines; experiments/quickstart.yaml shows the form.',
  });
}

async function findFile({ experiment: nameOrFile, folders }: LoadOptions): Promise<string> {
  if (yaml.test(nameOrFile)) {
    await readFile(nameOrFile).catch((cause: unknown) => {
      throw new InputError(`The experiment file cannot be read.`, {
        where: nameOrFile,
        hint: 'Check the path.',
        cause,
      });
    });
    return nameOrFile;
  }
  for (const folder of folders) {
    const files = await readdir(folder).catch(() => []);
    const file = files.find((entry) => yaml.test(entry) && entry.replace(yaml, '') === nameOrFile);
    if (file !== undefined) return path.join(folder, file);
  }
  const known = await listExperiments(folders);
  const nearest = nearestName(nameOrFile, known);
  throw new InputError(`There is no experiment '${nameOrFile}'.`, {
    where: folders.map((folder) => path.resolve(folder)).join(', '),
    hint: nearest
      ? `Did you mean '${nearest}'?`
      : `Known: ${known.join(', ') || 'none'}. A file is given with its ending, .yaml.`,
  });
}
