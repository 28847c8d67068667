import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { contentHash, fileHash, InputError } from '@rose/foundation';

/** What is used of a transformers.js tokenizer. */
export interface HubTokenizer {
  (texts: readonly string[], options: object): HubInputs;
  encode(text: string, options?: object): number[];
  decode(ids: readonly number[]): string;
  get_vocab(): ReadonlyMap<string, number>;
  readonly all_special_ids: readonly number[];
  readonly mask_token?: string | null;
  readonly mask_token_id?: number | null;
}

export interface HubInputs {
  readonly input_ids: { tolist(): (number | bigint)[][] };
}

/** Of its models: tensors in, logits out. */
export interface HubModel {
  (inputs: HubInputs): Promise<{ readonly logits: { readonly data: Float32Array; readonly dims: readonly number[] } }>;
  readonly config: object;
  dispose(): Promise<unknown>;
}

/** A tokenizer and a model that belong together: what a pipeline of transformers.js is made of. */
export interface HubPair {
  readonly tokenizer: HubTokenizer;
  readonly model: HubModel;
}

/** The weights that transformers.js can be asked for. */
export const dtypes = ['auto', 'fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'bnb4', 'q4f16'] as const;
export type Dtype = (typeof dtypes)[number];

export interface HubOptions {
  /** A folder with config.json, tokenizer.json and onnx/model.onnx, or the name of a model on the hub. */
  readonly model: string;
  readonly threads: number;
  /** `fp32` by default. Quantised weights (`q8`) are faster, but what they answer depends on the rest of the batch. */
  readonly dtype?: Dtype | undefined;
}

type ModelClass = 'AutoModelForSequenceClassification' | 'AutoModelForMaskedLM' | 'AutoModelForCausalLM';

/**
 * Loads a model with transformers.js, on ONNX Runtime. A folder is never looked for elsewhere; a name is fetched from the
 * hub once and then kept where transformers.js keeps its files.
 * @throws InputError when there is no such model, or none that can be loaded
 */
export async function loadFromHub(kind: ModelClass, { model, threads, dtype = 'fp32' }: HubOptions): Promise<HubPair> {
  const isFolder = existsSync(model);
  const name = isFolder ? path.resolve(model) : model;
  const options = { local_files_only: isFolder };
  const session_options = { intraOpNumThreads: threads, interOpNumThreads: 1 };
  try {
    // Loaded here, not at import: most commands need none of it.
    const library = await import('@huggingface/transformers');
    const tokenizer: unknown = await library.AutoTokenizer.from_pretrained(name, options);
    const loaded: unknown = await library[kind].from_pretrained(name, {
      ...options,
      dtype,
      session_options,
    });
    return { tokenizer: tokenizer as HubTokenizer, model: loaded as HubModel };
  } catch (cause) {
    throw new InputError(`transformers.js cannot load the model: ${(cause as Error).message.split('\n')[0]}`, {
      where: name,
      option: 'model',
      hint: isFolder
        ? 'The folder needs config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx, for this task.'
        : 'Give a folder, or the name of a model on the hub that has ONNX files; the hub must be reached.',
      cause,
    });
  }
}

/** What the weights of a `dtype` add to the name of their file. */
const suffixes = new Map([
  ['fp32', ''],
  ['q8', '_quantized'],
]);

/**
 * Name, version of what has loaded it, and a hash over the files that this took: those of the folder, or those that
 * transformers.js keeps of a model of the hub, which must have been loaded before.
 */
export async function describeHubModel({
  model,
  dtype = 'fp32',
}: Pick<HubOptions, 'model' | 'dtype'>): Promise<{ name: string; version: string; hash: string }> {
  const { env } = await import('@huggingface/transformers');
  const version = `transformers.js ${env.version}`;
  const isFolder = existsSync(model);
  const folder = isFolder ? model : path.join(env.cacheDir ?? '', model);
  const name = isFolder ? path.basename(path.resolve(model)) : model;
  const all = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new InputError('What was loaded from the hub is not among the files kept of it, so it has no hash.', {
      where: folder,
      option: 'model',
      hint: 'Give a folder with the model instead.',
      cause,
    });
  });
  const weights = new RegExp(`model${suffixes.get(dtype) ?? `_${dtype}`}\\.onnx(_data(_\\d+)?)?$`);
  const files = all.filter((file) => /\.(json|txt)$/.test(file) || weights.test(file)).sort();
  const hashes = await Promise.all(files.map(async (file) => [file, await fileHash(path.join(folder, file))]));
  return { name, version, hash: contentHash(hashes) };
}

/** `true` for a folder that transformers.js rather than our own encoders would read. */
export async function isTransformersFolder(folder: string): Promise<boolean> {
  const config = await readFile(path.join(folder, 'config.json'), 'utf8').catch(() => undefined);
  return config !== undefined && (existsSync(path.join(folder, 'onnx')) || existsSync(path.join(folder, 'model.onnx')));
}
