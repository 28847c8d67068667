import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { InputError, nearestName } from '@rose/foundation';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Experiment, experimentSchema, knownKeys } from './schema.js';

export interface LoadedExperiment {
  /** The file's name without its ending: also the default folder of the results. */
  readonly name: string;
  readonly file: string;
  readonly experiment: Experiment;
}

/** The experiments that a bare name may mean: those in `experiments/` of the working directory. */
export async function listExperiments(folder = 'experiments'): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => file.replace(/\.ya?ml$/, ''))
    .sort();
}

/**
 * Reads an experiment, by name or by file, applies `--set` overrides in order and fills in the defaults.
 * @throws InputError with file and line for broken YAML, with the nearest known name for an unknown one
 */
export async function loadExperiment(nameOrFile: string, overrides: readonly string[] = []): Promise<LoadedExperiment> {
  const file = await findFile(nameOrFile);
  const document = parseDocument(await readFile(file, 'utf8'), { prettyErrors: true });
  const [problem] = document.errors;
  if (problem) {
    const line = problem.linePos?.[0].line;
    throw new InputError(`The experiment is not valid YAML: ${problem.message.split('\n')[0]}`, {
      where: line ? `${file}:${line}` : file,
      hint: 'Mend the line; experiments/quickstart.yaml shows the form.',
    });
  }
  const raw = (document.toJS() ?? {}) as Record<string, unknown>;
  for (const override of overrides) applyOverride(raw, override);
  const parsed = experimentSchema.safeParse(raw);
  if (!parsed.success) throw explain(parsed.error, file);
  return { name: path.basename(file).replace(/\.ya?ml$/, ''), file, experiment: parsed.data };
}

async function findFile(nameOrFile: string): Promise<string> {
  if (/\.ya?ml$/.test(nameOrFile)) {
    await readFile(nameOrFile).catch((cause: unknown) => {
      throw new InputError(`The experiment file cannot be read.`, {
        where: nameOrFile,
        hint: 'Check the path.',
        cause,
      });
    });
    return nameOrFile;
  }
  const known = await listExperiments();
  if (known.includes(nameOrFile)) return path.join('experiments', `${nameOrFile}.yaml`);
  const nearest = nearestName(nameOrFile, known);
  throw new InputError(`There is no experiment '${nameOrFile}'.`, {
    where: path.resolve('experiments'),
    hint: nearest
      ? `Did you mean '${nearest}'?`
      : `Known: ${known.join(', ') || 'none'}. A file is given with its ending, .yaml.`,
  });
}

/** `training.epochs=3`: the value is YAML, so numbers, lists and strings read as in the file. */
function applyOverride(raw: Record<string, unknown>, override: string): void {
  const at = override.indexOf('=');
  if (at < 1)
    throw new InputError(`'${override}' is no setting.`, {
      where: '--set',
      hint: 'Write --set KEY=VALUE, e.g. --set training.epochs=3.',
    });
  const keys = override.slice(0, at).split('.');
  const last = keys.pop() as string;
  let section = raw;
  for (const [depth, key] of keys.entries()) {
    if (!knownKeys(keys.slice(0, depth)).includes(key)) throw unknownKey(key, keys.slice(0, depth), '--set');
    section = (section[key] ??= {}) as Record<string, unknown>;
  }
  if (!knownKeys(keys).includes(last)) throw unknownKey(last, keys, '--set');
  const value = parseDocument(override.slice(at + 1));
  if (value.errors.length > 0)
    throw new InputError(`The value of '${override}' is not valid YAML.`, { where: '--set' });
  section[last] = value.toJS();
}

function unknownKey(key: string, path: readonly PropertyKey[], where: string): InputError {
  const known = knownKeys(path);
  const nearest = nearestName(key, known);
  const full = [...path.map(String), key].join('.');
  const hint = nearest
    ? `Did you mean '${[...path.map(String), nearest].join('.')}'?`
    : `Known here: ${known.join(', ') || 'nothing'}.`;
  return new InputError(`There is no setting '${full}'.`, { where, hint });
}

function explain(error: z.ZodError, file: string): InputError {
  const issue = error.issues[0];
  if (!issue) return new InputError('The experiment is not valid.', { where: file });
  if (issue.code === 'unrecognized_keys') return unknownKey(issue.keys[0] ?? '', issue.path, file);
  const key = issue.path.join('.');
  return new InputError(`The setting '${key}' is wrong: ${issue.message}.`, {
    where: file,
    hint: `Change '${key}' in the file or with --set ${key}=…`,
  });
}
