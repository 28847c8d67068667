import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tinyBert } from '@rose/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- only these tests need the engine: to write ONNX files
import {
  AttributeType,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
  encodeOnnx,
} from '@rose/tfjs-backend-ort/internal';

const [FLOAT, INT64] = [1, 7];
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'];

/** A number, or a name for any number. */
type Size = string | number;

const dimension = (size: Size) =>
  typeof size === 'number'
    ? { value: { case: 'dimValue', value: BigInt(size) } as const }
    : { value: { case: 'dimParam', value: size } as const };
const value = (name: string, elemType: number, sizes: readonly Size[]): OnnxValueInfo => ({
  name,
  type: { value: { case: 'tensorType', value: { elemType, shape: { dim: sizes.map(dimension) } } } },
});
const floats = (name: string, dims: readonly number[], floatData: readonly number[]): OnnxTensor => ({
  name,
  dims: dims.map(BigInt),
  dataType: FLOAT,
  floatData: [...floatData],
});
const integer = (name: string, number: bigint): OnnxTensor => ({
  name,
  dims: [1n],
  dataType: INT64,
  int64Data: [number],
});
const node = (opType: string, input: string[], output: string, attributes: Record<string, number> = {}): OnnxNode => ({
  opType,
  name: output,
  input,
  output: [output],
  attribute: Object.entries(attributes).map(([name, i]) => ({ name, i: BigInt(i), type: AttributeType.INT })),
});

/** A table of numbers for tokens, [vocabulary, width]. */
type Table = readonly (readonly number[])[];

const graphOf = (table: Table, summed: boolean): OnnxGraph => {
  const width = table[0]?.length ?? 0;
  return {
    name: 'tiny',
    initializer: [
      floats('table', [table.length, width], table.flat()),
      ...(summed ? [integer('axes', 1n), integer('last', 2n)] : []),
    ],
    input: INPUTS.map((name) => value(name, INT64, ['rows', 'length'])),
    output: [value('logits', FLOAT, summed ? ['rows', width] : ['rows', 'length', width])],
    node: summed
      ? [
          node('Gather', ['table', 'input_ids'], 'found'),
          node('Cast', ['attention_mask'], 'mask', { to: FLOAT }),
          node('Unsqueeze', ['mask', 'last'], 'column'),
          node('Mul', ['found', 'column'], 'real'),
          node('ReduceSum', ['real', 'axes'], 'logits', { keepdims: 0 }),
        ]
      : [node('Gather', ['table', 'input_ids'], 'logits')],
  };
};

/** A decoder's: logits at a position are the sum of the rows up to it. */
const causalGraphOf = (table: Table): OnnxGraph => {
  const width = table[0]?.length ?? 0;
  return {
    name: 'tiny-decoder',
    initializer: [floats('table', [table.length, width], table.flat()), integer('axis', 1n)],
    input: INPUTS.slice(0, 2).map((name) => value(name, INT64, ['rows', 'length'])),
    output: [value('logits', FLOAT, ['rows', 'length', width])],
    node: [node('Gather', ['table', 'input_ids'], 'found'), node('CumSum', ['found', 'axis'], 'logits')],
  };
};

const readObject = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as object;

async function save(folder: string, config: object, graph: OnnxGraph): Promise<string> {
  await mkdir(path.join(folder, 'onnx'), { recursive: true });
  for (const name of ['tokenizer.json', 'tokenizer_config.json']) {
    await cp(path.join(tinyBert, name), path.join(folder, name));
  }
  const base = await readObject(path.join(tinyBert, 'config.json'));
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ ...base, ...config }));
  const model = encodeOnnx({ irVersion: 9n, opsetImport: [{ domain: '', version: 17n }], graph });
  await writeFile(path.join(folder, 'onnx', 'model.onnx'), model);
  return folder;
}

/** A folder for transformers.js: a classifier whose logits are the sums of its tokens' rows. */
export const tinyClassifier = (folder: string, labels: readonly string[], table: Table): Promise<string> =>
  save(folder, { architectures: ['BertForSequenceClassification'], id2label: { ...labels } }, graphOf(table, true));

/** A masked language model whose logits at a position are the row of its token. */
export const tinyMaskedLanguageModel = (folder: string, table: Table): Promise<string> =>
  save(folder, { architectures: ['BertForMaskedLM'] }, graphOf(table, false));

/**
 * A language model whose logits are the sums of the rows of all tokens so far, with 40 positions. Its tokenizer adds no
 * special tokens, as that of GPT-2.
 */
export async function tinyCausalLanguageModel(folder: string, table: Table): Promise<string> {
  const shape = { n_positions: 40, n_embd: 4, n_head: 1, n_layer: 1 };
  await save(folder, { architectures: ['GPT2LMHeadModel'], model_type: 'gpt2', ...shape }, causalGraphOf(table));
  const tokenizer = path.join(folder, 'tokenizer.json');
  await writeFile(tokenizer, JSON.stringify({ ...(await readObject(tokenizer)), post_processor: null }));
  return folder;
}

/** Token ids of the tiny vocabulary. */
export async function tinyVocabulary(): Promise<Readonly<Record<string, number>>> {
  const tokenizer = JSON.parse(await readFile(path.join(tinyBert, 'tokenizer.json'), 'utf8')) as {
    model: { vocab: Record<string, number> };
  };
  return tokenizer.model.vocab;
}
