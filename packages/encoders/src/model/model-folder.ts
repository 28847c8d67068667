import { join } from 'node:path';
import { InputError, writeAtomically } from '@rose/foundation';
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

export async function writeConfig(folder: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
  await writeAtomically(join(folder, CONFIG), `${JSON.stringify(fields, null, 2)}\n`);
}
