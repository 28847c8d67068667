import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@rose/foundation';
import { exists, readText } from '../files/files.js';
import { faultOfJson } from '../files/check-json.js';
import { JsonObject } from '../files/json-object.js';
import { findNonFinite } from '../safetensors/find-non-finite.js';
import { quoted } from '../safetensors/header.js';
import { type StoredTensor, readSafetensors, readSafetensorsHeader } from '../safetensors/read-safetensors.js';
import { nonFiniteParameter } from './parameters.js';

const WEIGHTS = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

/** Where a model folder in the Hugging Face layout has its weights, if they are not sharded. */
export const weightsPath = (folder: string): string => join(folder, WEIGHTS);

/** A tensor that lies in a folder, without its data. */
export interface StoredEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The file that holds it. */
  readonly path: string;
}

/** What the weights of a folder are, before their data is read. */
export interface FolderWeights {
  /** The file that says so: the weights, or the index of their shards. */
  readonly where: string;
  readonly entries: ReadonlyMap<string, StoredEntry>;
  /** Names that were left out because they stand for the same memory, with the name that was kept. */
  readonly aliases: ReadonlyMap<string, string>;
}

/**
 * Reads the headers of model.safetensors, or of the shards that model.safetensors.index.json lists. transformers too takes the
 * single file where there are both.
 * @throws InputError for a folder without safetensors, with the way to make them; for a file that is broken; and for an index
 *   that disagrees with its shards
 */
export async function describeWeights(folder: string): Promise<FolderWeights> {
  const single = weightsPath(folder);
  if (await exists(single)) return gathered(single, [single]);
  const index = join(folder, INDEX);
  if (await exists(index)) return describeShards(folder, index);
  throw await withoutSafetensors(folder);
}

async function gathered(where: string, paths: readonly string[]): Promise<FolderWeights> {
  const entries = new Map<string, StoredEntry>();
  const aliases = new Map<string, string>();
  for (const path of paths) {
    const header = await readSafetensorsHeader(path);
    for (const { name, dtype, shape } of header.entries) {
      const other = entries.get(name);
      if (other) throw disagreement(where, `${quoted(name)} lies in two shards, ${other.path} and ${path}`);
      entries.set(name, { dtype, shape, path });
    }
    // `safetensors.torch.save_model` writes these, beside "format".
    for (const [name, kept] of Object.entries(header.metadata)) aliases.set(name, kept);
  }
  return { where, entries, aliases };
}

async function describeShards(folder: string, index: string): Promise<FolderWeights> {
  const shardOf = await readIndex(index);
  const shards = [...new Set(shardOf.values())].sort();
  for (const shard of shards) {
    if (await exists(join(folder, shard))) continue;
    throw new InputError(`The shard ${shard} is not there.`, {
      where: join(folder, shard),
      hint: `${INDEX} lists it: fetch it too, or fetch the whole model again.`,
    });
  }
  const weights = await gathered(
    index,
    shards.map((shard) => join(folder, shard)),
  );
  for (const [name, shard] of shardOf) {
    const found = weights.entries.get(name);
    if (!found) throw disagreement(index, `${quoted(name)} should lie in ${shard} and is not there`);
    if (found.path !== join(folder, shard)) {
      throw disagreement(index, `${quoted(name)} should lie in ${shard} and lies in ${found.path}`);
    }
  }
  for (const [name, { path }] of weights.entries) {
    if (!shardOf.has(name)) throw disagreement(index, `${path} holds ${quoted(name)}, which the index does not list`);
  }
  return weights;
}

const disagreement = (where: string, what: string): InputError =>
  new InputError(`The index and its shards disagree: ${what}.`, {
    where,
    hint: 'The files are of different models, or of different versions of one. Fetch all of them again.',
  });

/** The object, and `weight_map` in it; `metadata` may hold a little more. */
const DEEPEST_INDEX = 8;

/** The file of each tensor. "total_size" is not held against them: writers disagree whether it counts tied weights once. */
async function readIndex(path: string): Promise<ReadonlyMap<string, string>> {
  const broken = (problem: string) =>
    new InputError(`Not a valid index of shards: ${problem}.`, { where: path, hint: 'Fetch or save the model again.' });
  const text = await readText(path, 'Fetch the model again.');
  const fault = faultOfJson(text, { deepest: DEEPEST_INDEX });
  if (fault !== undefined) throw broken(fault);
  const map = JsonObject.parse(text, path).fields['weight_map'];
  if (typeof map !== 'object' || map === null || Array.isArray(map)) throw broken('it has no "weight_map"');
  const shardOf = new Map<string, string>();
  for (const [name, shard] of Object.entries(map as Record<string, unknown>)) {
    if (typeof shard !== 'string') throw broken(`the file of ${quoted(name)} is no text`);
    // A bare name: what lies outside the folder is none of the model's.
    if (!/^[\w.-]+\.safetensors$/.test(shard)) {
      throw broken(`${quoted(name)} should lie in ${quoted(shard)}, which is no safetensors file of this folder`);
    }
    shardOf.set(name, shard);
  }
  if (shardOf.size === 0) throw broken('its "weight_map" is empty');
  return shardOf;
}

/** The stored names of some tensors, by the file that holds them. */
function byFile({ entries }: FolderWeights, names: Iterable<string>): Map<string, Set<string>> {
  const files = new Map<string, Set<string>>();
  for (const name of names) {
    const path = entries.get(name)?.path;
    if (path !== undefined) files.set(path, (files.get(path) ?? new Set()).add(name));
  }
  return files;
}

/**
 * Reads the data of parameters as float32.
 * @param found the name in the folder of each parameter; two may have one
 */
export async function readParameters(
  weights: FolderWeights,
  found: ReadonlyMap<string, string>,
): Promise<Map<string, StoredTensor & { readonly path: string }>> {
  const parameters = new Map<string, StoredTensor & { readonly path: string }>();
  for (const [path, names] of byFile(weights, found.values())) {
    const { tensors } = await readSafetensors(path, { names });
    for (const [parameter, name] of found) {
      const tensor = names.has(name) ? tensors.get(name) : undefined;
      if (tensor) parameters.set(parameter, { ...tensor, path });
    }
  }
  return parameters;
}

/** Looks for NaN and infinities without keeping any data. @throws InputError that names the first parameter that holds one */
export async function checkFinite(weights: FolderWeights, found: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, names] of byFile(weights, found.values())) {
    const broken = await findNonFinite(path, names);
    if (!broken) continue;
    const parameter = [...found].find(([, name]) => name === broken.name)?.[0] ?? broken.name;
    throw nonFiniteParameter(parameter, broken.value, path);
  }
}

/** Keeps every tensor under its name, and copies those that share memory, which safetensors does not store. */
const PICKLE_TO_SAFETENSORS = (folder: string): string =>
  `python -c "import glob, torch; from safetensors.torch import save_file; save_file({k: v.clone().contiguous() for f in glob.glob('${folder}/pytorch_model*.bin') for k, v in torch.load(f, map_location='cpu', weights_only=True).items()}, '${folder}/model.safetensors', metadata={'format': 'pt'})"`;

/** Other files that weights come in, and what to do about each. */
const elsewhere: readonly { readonly file: RegExp; readonly remedy: (folder: string, file: string) => string }[] = [
  { file: /^pytorch_model(-\d.*)?\.bin(\.index\.json)?$/, remedy: PICKLE_TO_SAFETENSORS },
  {
    file: /^adapter_model\.(safetensors|bin)$/,
    remedy: () =>
      'It is an adapter alone. Merge it into its base model in Python: `model.merge_and_unload().save_pretrained(folder)`.',
  },
  {
    file: /^(tf_model\.h5|flax_model\.msgpack)$/,
    remedy: () =>
      'Convert it in Python with transformers 4: `from_pretrained(folder, from_tf=True)` or `from_flax=True`, then `save_pretrained(folder)`.',
  },
  {
    file: /^model-\d+-of-\d+\.safetensors$/,
    remedy: () => `These are shards. Fetch ${INDEX} too.`,
  },
  { file: /\.safetensors$/, remedy: (_, file) => `If ${file} holds the whole model, call it ${WEIGHTS}.` },
];

async function withoutSafetensors(folder: string): Promise<InputError> {
  const files = (await readdir(folder).catch(() => [])).sort();
  for (const { file, remedy } of elsewhere) {
    const found = files.find((name) => file.test(name));
    if (found === undefined) continue;
    return new InputError(`The weights are not in ${WEIGHTS} but in ${found}, which is not read.`, {
      where: join(folder, found),
      hint: remedy(folder, found),
    });
  }
  return new InputError('The weights file is not there.', {
    where: weightsPath(folder),
    hint: `A model folder needs ${WEIGHTS}, or its shards and ${INDEX}.`,
  });
}
