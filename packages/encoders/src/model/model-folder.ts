import { join } from 'node:path';
import { InputError, toJson, writeAtomically } from '@rose/foundation';
import { exists, readText } from '../files/files.js';
import { JsonObject } from '../files/json-object.js';

const CONFIG = 'config.json';

/** @throws InputError when the folder or its config.json is missing or broken */
export async function readConfig(folder: string): Promise<JsonObject> {
  if (!(await exists(folder))) {
    throw new InputError('There is no such model folder.', {
      where: folder,
      option: 'model',
      hint: 'Give the path of a folder with config.json, model.safetensors and tokenizer files, or the name of an embedded model.',
    });
  }
  const path = join(folder, CONFIG);
  return JsonObject.parse(
    await readText(path, 'A model folder needs config.json, model.safetensors and its tokenizer files.'),
    path,
  );
}

/** What transformers takes as a float alone. JavaScript writes one that is whole without its point, which would be an integer. */
const WHOLE_FLOATS =
  /("(?:initializer_range|initializer_cutoff_factor|layer_norm_eps|norm_eps|(?:global_|local_)?rope_theta)": \d+)(?=,?$)/gm;

export async function writeConfig(folder: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
  await writeAtomically(join(folder, CONFIG), toJson(fields).replace(WHOLE_FLOATS, '$1.0'));
}
