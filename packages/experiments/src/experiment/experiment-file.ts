import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { InputError, nearestName } from '@rose/foundation';
import { type Given, isSection } from '../settings/overrides.js';
import { YamlError, type YamlText, readYaml } from '../settings/yaml.js';

const ending = /\.ya?ml$/;

/** The experiments that a bare name may mean. */
export async function listExperiments(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  const names = found.flat().filter((file) => ending.test(file));
  return [...new Set(names.map((file) => file.replace(ending, '')))].sort();
}

/** What a bare name would be that stands for the file. */
export const experimentName = (file: string): string => path.basename(file).replace(ending, '');

/** @throws InputError for what cannot be read, with its line for broken YAML, and for what holds no settings */
export async function readExperimentFile(
  file: string,
): Promise<Pick<YamlText, 'lineOf'> & { readonly written: Given }> {
  const hint = 'Mend the line; experiments/quickstart.yaml shows the form.';
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError('The experiment file cannot be read.', {
      where: file,
      option: 'experiment',
      hint: 'Check the path.',
      cause,
    });
  });
  const { content, lineOf } = yamlOf(text, { file, hint });
  if (isSection(content)) return { written: content, lineOf };
  throw new InputError('The experiment holds no settings.', {
    where: file,
    hint: 'Write KEY: VALUE lines; experiments/quickstart.yaml shows the form.',
  });
}

function yamlOf(text: string, { file, hint }: { readonly file: string; readonly hint: string }): YamlText {
  try {
    return readYaml(text);
  } catch (cause) {
    if (!(cause instanceof YamlError)) throw cause;
    throw new InputError(`The experiment is not valid YAML: ${cause.message}`, {
      where: cause.line === undefined ? file : `${file}:${cause.line}`,
      hint,
      cause,
    });
  }
}

/** @throws InputError with the nearest known name for one that is not known */
export async function findExperimentFile(nameOrFile: string, folders: readonly string[]): Promise<string> {
  if (ending.test(nameOrFile)) return nameOrFile;
  for (const folder of folders) {
    const files = await readdir(folder).catch(() => []);
    const file = files.find((entry) => ending.test(entry) && entry.replace(ending, '') === nameOrFile);
    if (file !== undefined) return path.join(folder, file);
  }
  const known = await listExperiments(folders);
  const nearest = nearestName(nameOrFile, known);
  throw new InputError(`There is no experiment '${nameOrFile}'.`, {
    option: 'experiment',
    where: folders.map((folder) => path.resolve(folder)).join(', '),
    hint: nearest
      ? `Did you mean '${nearest}'?`
      : `Known: ${known.join(', ') || 'none'}. A file is given with its ending, .yaml.`,
  });
}
