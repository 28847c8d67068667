import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readParts, type SafetensorsParts, writeParts } from './safetensors-file.js';
import { temporaryFolder } from './temporary-folder.js';
import { tinyBert } from './tiny-bert.js';

/** One way in which the folder of a model can be wrong, and what its user is told. */
export interface WrongFolder {
  readonly name: string;
  /** Spoils a copy of the tiny BERT. */
  readonly spoil: (folder: string) => Promise<unknown>;
  /** Part of the message. */
  readonly message: string;
  /** The file that the message names, from the folder. */
  readonly file: string;
  /** Part of the next step. */
  readonly hint: string;
}

const WEIGHTS = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

/** A copy of the tiny BERT, spoilt. */
export async function wrongFolder({ spoil }: Pick<WrongFolder, 'spoil'>): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'model');
  await cp(tinyBert, folder, { recursive: true });
  await spoil(folder);
  return folder;
}

const remove = (file: string) => (folder: string) => rm(path.join(folder, file));

const write = (file: string, text: string) => (folder: string) => writeFile(path.join(folder, file), text);

/** Keys of config.json; undefined leaves one out. */
export const withConfig = (change: Record<string, unknown>) => async (folder: string) => {
  const file = path.join(folder, 'config.json');
  const fields = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...fields, ...change }));
};

/** Weights whose header or data is changed, and the data made to fit or not. */
export const withWeights = (change: (parts: SafetensorsParts) => void) => async (folder: string) => {
  const file = path.join(folder, WEIGHTS);
  const parts = await readParts(file);
  change(parts);
  await writeParts(file, parts.header, parts.data);
};

const F32 = ['F32', 4] as const;

/** Adds a tensor of zeros at the end of the data; of F32, unless `as` says the type and its bytes. */
export function add(parts: SafetensorsParts, name: string, shape: number[], as: readonly [string, number] = F32): void {
  const [dtype, bytesEach] = as;
  const bytes = shape.reduce((product, size) => product * size, bytesEach);
  const begin = parts.data.length;
  const header = { dtype, shape, data_offsets: [begin, begin + bytes] as [number, number] };
  // Even one that is called `__proto__`.
  Object.defineProperty(parts.header, name, { value: header, enumerable: true });
  parts.data = Buffer.concat([parts.data, Buffer.alloc(bytes)]);
}

/** Takes a tensor out, and puts the data of the others together. */
export function take(parts: SafetensorsParts, name: string): void {
  const [begin, end] = parts.header[name]?.data_offsets ?? [0, 0];
  parts.header = Object.fromEntries(Object.entries(parts.header).filter(([other]) => other !== name));
  parts.data = Buffer.concat([parts.data.subarray(0, begin), parts.data.subarray(end)]);
  for (const { data_offsets: offsets } of Object.values(parts.header)) {
    if (!offsets || offsets[0] < end) continue;
    offsets[0] -= end - begin;
    offsets[1] -= end - begin;
  }
}

/** The same bytes as another type, so that fewer elements or more fit them. */
const stored = (name: string, dtype: string, bytesEach: number) =>
  withWeights(({ header }) => {
    const entry = header[name];
    if (!entry) throw new Error(`The tiny BERT has no ${name}.`);
    const [begin, end] = entry.data_offsets;
    Object.assign(entry, { dtype, shape: [(end - begin) / bytesEach] });
  });

/** The header as text, over the data as it is. */
const withHeader = (change: (header: string) => string | Buffer) => async (folder: string) => {
  const file = path.join(folder, WEIGHTS);
  const { header, data } = await readParts(file);
  await writeParts(file, change(JSON.stringify(header)), data);
};

const SHARDS = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const;

/** The weights as two shards with an index, which may be spoilt. */
export const sharded =
  (change: (map: Record<string, string>, folder: string) => unknown = () => undefined) =>
  async (folder: string) => {
    const { header, data } = await readParts(path.join(folder, WEIGHTS));
    const names = Object.keys(header).filter((name) => name !== '__metadata__');
    const map: Record<string, string> = {};
    for (const [i, shard] of SHARDS.entries()) {
      const part: SafetensorsParts = { header: {}, data: Buffer.alloc(0) };
      for (const name of names.filter((_, n) => (n < names.length / 2 ? 0 : 1) === i)) {
        const entry = header[name];
        if (!entry) continue;
        const begin = part.data.length;
        part.data = Buffer.concat([part.data, data.subarray(...entry.data_offsets)]);
        part.header[name] = { ...entry, data_offsets: [begin, part.data.length] };
        map[name] = shard;
      }
      await writeParts(path.join(folder, shard), part.header, part.data);
    }
    await rm(path.join(folder, WEIGHTS));
    await change(map, folder);
    await writeFile(path.join(folder, INDEX), JSON.stringify({ metadata: { total_size: 1 }, weight_map: map }));
  };

const LAYER = 'bert.encoder.layer.1.output.dense.bias';
const QUERY = 'bert.encoder.layer.0.attention.self.query.weight';

const belongTogether = 'belong to the same model';
const again = 'again';

/** Everything that can be told before any weight is computed with. */
export const wrongFolders: readonly WrongFolder[] = [
  { name: 'no config.json', spoil: remove('config.json'), message: 'not there', file: 'config.json', hint: 'needs' },
  {
    name: 'config.json that is a folder',
    async spoil(folder) {
      await rm(path.join(folder, 'config.json'));
      await mkdir(path.join(folder, 'config.json'));
    },
    ...{ message: 'cannot be read: EISDIR', file: 'config.json', hint: 'needs' },
  },
  {
    name: 'config.json cut short',
    spoil: write('config.json', '{"model_type": "bert",'),
    ...{ message: 'not valid JSON', file: 'config.json', hint: again },
  },
  {
    name: 'config.json of a list',
    spoil: write('config.json', '[]'),
    ...{ message: 'does not hold a JSON object', file: 'config.json', hint: again },
  },
  {
    name: 'no model_type',
    spoil: withConfig({ model_type: undefined }),
    ...{ message: '"model_type" should be a string and is missing', file: 'config.json', hint: 'Set "model_type"' },
  },
  {
    name: 'another model_type',
    spoil: withConfig({ model_type: 'gpt2' }),
    ...{ message: 'type "gpt2" are not supported', file: 'config.json', hint: 'Supported values' },
  },
  {
    name: 'no hidden_size',
    spoil: withConfig({ hidden_size: undefined }),
    ...{ message: '"hidden_size" should be a positive whole number', file: 'config.json', hint: 'Set "hidden_size"' },
  },
  {
    name: 'layers without end',
    spoil: withConfig({ num_hidden_layers: 1e9 }),
    ...{ message: '1000000000 layers', file: 'config.json', hint: again },
  },
  ...Object.entries({
    is_decoder: true,
    add_cross_attention: true,
    is_encoder_decoder: true,
    pruned_heads: { 0: [1] },
  }).map(([key, value]) => ({
    name: `${key} in config.json`,
    spoil: withConfig({ [key]: value }),
    ...{ message: `"${key}" is ${JSON.stringify(value)}`, file: 'config.json', hint: 'can be read' },
  })),
  {
    name: 'relative positions',
    spoil: withConfig({ position_embedding_type: 'relative_key' }),
    ...{ message: 'relative_key', file: 'config.json', hint: 'absolute' },
  },
  {
    name: 'a quantisation',
    spoil: withConfig({ quantization_config: { quant_method: 'bitsandbytes' } }),
    ...{ message: 'quantised ("quantization_config": "bitsandbytes")', file: 'config.json', hint: 'dequantize' },
  },
  {
    name: 'code of its own',
    spoil: withConfig({ auto_map: { AutoConfig: 'c.C', AutoModel: 'm.M' } }),
    ...{ message: 'code of its own', file: 'config.json', hint: 'trust_remote_code' },
  },
  {
    name: 'a vocabulary larger than config.json says',
    spoil: withConfig({ vocab_size: 59 }),
    ...{ message: 'The tokenizer has 60 ids', file: '', hint: belongTogether },
  },
  {
    name: 'an embedding of another size than the vocabulary',
    spoil: withConfig({ vocab_size: 61 }),
    ...{ message: 'word_embeddings.weight is [60, 32], wanted [61, 32]', file: WEIGHTS, hint: belongTogether },
  },
  {
    name: 'no tokenizer',
    spoil: remove('tokenizer.json'),
    ...{ message: 'The folder has no tokenizer', file: 'tokenizer.json', hint: 'save_pretrained' },
  },
  {
    name: 'a tokenizer cut short',
    spoil: write('tokenizer.json', '{"model":'),
    ...{ message: 'not valid JSON', file: 'tokenizer.json', hint: again },
  },
  {
    name: 'no weights',
    spoil: remove(WEIGHTS),
    ...{ message: 'not there', file: WEIGHTS, hint: 'needs model.safetensors' },
  },
  ...['pytorch_model.bin', 'pytorch_model-00001-of-00002.bin', 'pytorch_model.bin.index.json'].map((file) => ({
    name: `${file} alone`,
    spoil: (folder: string) => rename(path.join(folder, WEIGHTS), path.join(folder, file)),
    ...{ message: `but in ${file}`, file, hint: 'python -c "import glob, torch;' },
  })),
  {
    name: 'an adapter alone',
    spoil: (folder) => rename(path.join(folder, WEIGHTS), path.join(folder, 'adapter_model.safetensors')),
    ...{ message: 'adapter_model.safetensors', file: 'adapter_model.safetensors', hint: 'merge_and_unload' },
  },
  {
    name: 'weights of another name',
    spoil: (folder) => rename(path.join(folder, WEIGHTS), path.join(folder, 'model.fp16.safetensors')),
    ...{ message: 'model.fp16.safetensors', file: 'model.fp16.safetensors', hint: 'call it model.safetensors' },
  },
  {
    name: 'weights of TensorFlow',
    spoil: (folder) => rename(path.join(folder, WEIGHTS), path.join(folder, 'tf_model.h5')),
    ...{ message: 'tf_model.h5', file: 'tf_model.h5', hint: 'from_tf=True' },
  },
  {
    name: 'an empty file of weights',
    spoil: write(WEIGHTS, ''),
    ...{ message: 'truncated', file: WEIGHTS, hint: 'cut short' },
  },
  {
    name: 'weights cut short',
    async spoil(folder) {
      const file = path.join(folder, WEIGHTS);
      await writeFile(file, (await readFile(file)).subarray(0, 20_000));
    },
    ...{ message: 'truncated', file: WEIGHTS, hint: 'cut short' },
  },
  {
    name: 'a pointer of Git LFS for weights',
    spoil: write(WEIGHTS, 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'),
    ...{ message: 'git lfs pull', file: WEIGHTS, hint: 'git lfs pull' },
  },
  {
    name: 'overlapping tensors',
    spoil: withWeights(({ header }) => {
      const [begin, end] = header[QUERY]?.data_offsets ?? [0, 0];
      if (header[QUERY]) header[QUERY].data_offsets = [begin - 4, end - 4];
    }),
    ...{ message: 'begins at byte', file: WEIGHTS, hint: 'cut short' },
  },
  {
    name: 'a tensor twice in the header',
    spoil: withHeader((header) => header.replace('{', `{"${LAYER}":{},`)),
    ...{ message: `the key "${LAYER}" twice`, file: WEIGHTS, hint: again },
  },
  {
    name: 'a header that is no text',
    spoil: withHeader((header) => Buffer.from(header, 'utf16le')),
    ...{ message: 'safetensors file', file: WEIGHTS, hint: again },
  },
  {
    name: 'a tensor called __proto__',
    spoil: withWeights((parts) => add(parts, '__proto__', [3])),
    ...{ message: 'holds unknown __proto__', file: WEIGHTS, hint: belongTogether },
  },
  ...(
    [
      ['I8', 1],
      ['F8_E4M3', 1],
      ['F64', 8],
      ['U8', 1],
    ] as const
  ).map(([dtype, bytes]) => ({
    name: `weights as ${dtype}`,
    spoil: stored(QUERY, dtype, bytes),
    ...{ message: `"${QUERY}" is stored as ${dtype}`, file: WEIGHTS, hint: '.float().save_pretrained(folder)' },
  })),
  {
    name: 'a tensor missing',
    spoil: withWeights((parts) => take(parts, LAYER)),
    ...{ message: `lacks ${LAYER}`, file: WEIGHTS, hint: belongTogether },
  },
  {
    name: 'a layer too many',
    spoil: withWeights((parts) => add(parts, 'bert.encoder.layer.2.output.dense.bias', [32])),
    ...{
      message: 'holds unknown bert.encoder.layer.2.output.dense.bias',
      ...{ file: WEIGHTS, hint: belongTogether },
    },
  },
  {
    name: 'a tensor of another shape',
    spoil: withConfig({ intermediate_size: 24 }),
    ...{ message: 'intermediate.dense.weight is [48, 32], wanted [24, 32]', file: WEIGHTS, hint: belongTogether },
  },
  {
    name: 'a tensor under two names',
    spoil: withWeights((parts) => add(parts, LAYER.replace('bert.', ''), [32])),
    ...{ message: 'one tensor under two names', file: WEIGHTS, hint: again },
  },
  {
    name: 'NaN among the weights',
    spoil: withWeights(({ header, data }) => data.writeFloatLE(NaN, header[QUERY]?.data_offsets[0] ?? 0)),
    ...{ message: `${QUERY} is not finite: it holds NaN`, file: WEIGHTS, hint: 'earlier checkpoint' },
  },
  {
    name: 'an infinity in a shard',
    async spoil(folder) {
      await withWeights(({ header, data }) => data.writeFloatLE(-Infinity, header[QUERY]?.data_offsets[0] ?? 0))(
        folder,
      );
      await sharded()(folder);
    },
    ...{ message: `${QUERY} is not finite: it holds -Infinity`, file: SHARDS[0], hint: 'earlier checkpoint' },
  },
  {
    name: 'a shard missing',
    spoil: sharded((_, folder) => rm(path.join(folder, SHARDS[1]))),
    ...{ message: `The shard ${SHARDS[1]} is not there`, file: SHARDS[1], hint: 'lists it' },
  },
  {
    name: 'shards without their index',
    async spoil(folder) {
      await sharded()(folder);
      await rm(path.join(folder, INDEX));
    },
    ...{ message: SHARDS[0], file: SHARDS[0], hint: `Fetch ${INDEX} too` },
  },
  {
    name: 'a shard outside the folder',
    spoil: sharded((map) => (map[LAYER] = `../model/${SHARDS[0]}`)),
    ...{ message: 'no safetensors file of this folder', file: INDEX, hint: again },
  },
  {
    name: 'a shard by its full path',
    spoil: sharded((map) => (map[LAYER] = '/etc/passwd')),
    ...{ message: 'no safetensors file of this folder', file: INDEX, hint: again },
  },
  {
    name: 'a shard that is no text',
    spoil: sharded((map) => Object.assign(map, { [LAYER]: 3 })),
    ...{ message: `the file of "${LAYER}" is no text`, file: INDEX, hint: again },
  },
  {
    name: 'a tensor in another shard than the index says',
    spoil: sharded((map) => (map[LAYER] = map[LAYER] === SHARDS[0] ? SHARDS[1] : SHARDS[0])),
    ...{ message: `"${LAYER}" should lie in`, file: INDEX, hint: again },
  },
  {
    name: 'a tensor in no shard',
    spoil: sharded((map) => (map['bert.none'] = SHARDS[0])),
    ...{ message: '"bert.none" should lie in', file: INDEX, hint: again },
  },
  {
    name: 'a tensor that the index does not list',
    spoil: sharded((map) => Reflect.deleteProperty(map, LAYER)),
    ...{ message: `holds "${LAYER}", which the index does not list`, file: INDEX, hint: again },
  },
  {
    name: 'a tensor in two shards',
    spoil: sharded((_, folder) => cp(path.join(folder, SHARDS[0]), path.join(folder, SHARDS[1]))),
    ...{ message: 'lies in two shards', file: INDEX, hint: again },
  },
  ...(
    [
      ['an index cut short', '{"weight_map":', 'not valid JSON'],
      ['an index without a map', '{"metadata": {}}', 'it has no "weight_map"'],
      ['an index of nothing', '{"weight_map": {}}', 'its "weight_map" is empty'],
      ['an index with a tensor twice', '{"weight_map": {"a": "b.safetensors", "a": "c.safetensors"}}', '"a" twice'],
    ] as const
  ).map(([name, text, message]) => ({
    name,
    async spoil(folder: string) {
      await sharded()(folder);
      await writeFile(path.join(folder, INDEX), text);
    },
    ...{ message, file: INDEX, hint: again },
  })),
];
