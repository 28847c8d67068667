import * as tf from '@tensorflow/tfjs-core';
import { OrtBackend } from '../backend/backend.js';
import { SeededArrays } from './seeded-array.js';

/** Sizes of the encoder, small enough for the cpu backend. */
export const SIZES = { layers: 2, width: 32, heads: 4, inner: 64, words: 50, positions: 16, classes: 3 } as const;

const BATCH = 3;
const LENGTH = 7;
const KEPT = 0.9;
const EPSILON = 1e-12;

type Parameters = Readonly<Record<string, tf.Variable>>;
type Mask = () => tf.Tensor;

/** Loss and gradients by parameter name, read from the backend that is chosen now. */
export async function encoderStep(): Promise<{ loss: number; gradients: Map<string, Float32Array> }> {
  const arrays = new SeededArrays(7);
  const parameters = makeParameters(arrays);
  const batch = makeBatch(arrays);
  const masks = maskShapes().map((shape) => {
    return tf.tensor(arrays.bools(tf.util.sizeFromShape(shape), KEPT), shape, 'bool');
  });
  const { value, grads } = tf.variableGrads(() => {
    let used = 0;
    const logits = encode(parameters, batch, () => masks[used++] ?? tf.scalar(1));
    return crossEntropy(logits, batch.labels);
  }, Object.values(parameters));
  const backend: unknown = tf.backend();
  // One graph in place of one for each gradient.
  if (backend instanceof OrtBackend) await backend.evaluate([value, ...Object.values(grads)]);
  const gradients = new Map<string, Float32Array>();
  for (const [name, parameter] of Object.entries(parameters)) {
    const gradient = grads[parameter.name];
    if (gradient !== undefined) gradients.set(name, (await gradient.data()) as Float32Array);
  }
  const [loss = NaN] = await value.data();
  tf.dispose([value, grads, masks, parameters, batch.words, batch.bias, batch.labels]);
  return { loss, gradients };
}

interface Batch {
  readonly words: tf.Tensor;
  /** 0 where a word is, a large negative number where padding is; [batch, 1, 1, length]. */
  readonly bias: tf.Tensor;
  readonly labels: tf.Tensor1D;
}

function makeBatch(arrays: SeededArrays): Batch {
  const lengths = [LENGTH, LENGTH - 2, LENGTH - 4];
  const bias = lengths.flatMap((length) => Array.from({ length: LENGTH }, (_, place) => (place < length ? 0 : -1e9)));
  return {
    words: tf.tensor(arrays.ints(BATCH * LENGTH, 0, SIZES.words), [BATCH, LENGTH], 'int32'),
    bias: tf.tensor(bias, [BATCH, 1, 1, LENGTH]),
    labels: tf.tensor1d([0, 2, 1], 'int32'),
  };
}

function makeParameters(arrays: SeededArrays): Parameters {
  const { layers, width, inner, words, positions, classes } = SIZES;
  const parameters: Record<string, tf.Variable> = {};
  const weight = (name: string, shape: number[], around = 0): void => {
    const values = arrays.floats(tf.util.sizeFromShape(shape), around - 0.15, around + 0.15);
    parameters[name] = tf.tidy(() => tf.variable(tf.tensor(values, shape)));
  };
  const dense = (name: string, from: number, to: number): void => {
    weight(`${name}.weight`, [from, to]);
    weight(`${name}.bias`, [to]);
  };
  const norm = (name: string): void => {
    weight(`${name}.scale`, [width], 1);
    weight(`${name}.shift`, [width]);
  };
  weight('embeddings.word', [words, width]);
  weight('embeddings.position', [positions, width]);
  norm('embeddings.norm');
  for (let layer = 0; layer < layers; layer++) {
    for (const part of ['query', 'key', 'value', 'output']) dense(`${layer}.${part}`, width, width);
    norm(`${layer}.attention.norm`);
    dense(`${layer}.up`, width, inner);
    dense(`${layer}.down`, inner, width);
    norm(`${layer}.norm`);
  }
  dense('pooler', width, width);
  dense('classifier', width, classes);
  return parameters;
}

/** Shapes of the dropout masks in the order in which they are used. */
function maskShapes(): number[][] {
  const { layers, width, heads } = SIZES;
  const states = [BATCH, LENGTH, width];
  const ofLayer = [[BATCH, heads, LENGTH, LENGTH], states, states];
  return [states, ...Array.from({ length: layers }, () => ofLayer).flat(), [BATCH, width]];
}

function encode(parameters: Parameters, { words, bias }: Batch, nextMask: Mask): tf.Tensor {
  const { layers, width } = SIZES;
  const parameter = (name: string): tf.Tensor => parameters[name] ?? tf.scalar(NaN);
  const dense = (x: tf.Tensor, name: string): tf.Tensor => {
    const rows = tf.reshape(x, [-1, x.shape.at(-1) ?? 1]);
    const product = tf.add(tf.matMul(rows, parameter(`${name}.weight`)), parameter(`${name}.bias`));
    return tf.reshape(product, [...x.shape.slice(0, -1), product.shape[1] ?? 1]);
  };
  const norm = (x: tf.Tensor, name: string): tf.Tensor => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const deviation = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), EPSILON));
    return tf.add(tf.mul(tf.mul(centred, deviation), parameter(`${name}.scale`)), parameter(`${name}.shift`));
  };
  const dropout = (x: tf.Tensor): tf.Tensor => tf.mul(x, tf.mul(tf.cast(nextMask(), 'float32'), 1 / KEPT));

  const places = tf.slice(parameter('embeddings.position'), [0, 0], [LENGTH, width]);
  let x = dropout(norm(tf.add(tf.gather(parameter('embeddings.word'), words), places), 'embeddings.norm'));
  for (let layer = 0; layer < layers; layer++) {
    const [query, key, value] = ['query', 'key', 'value'].map((part) => splitHeads(dense(x, `${layer}.${part}`)));
    const attended = attention({ query, key, value }, { bias, dropout });
    x = norm(tf.add(x, dropout(dense(attended, `${layer}.output`))), `${layer}.attention.norm`);
    x = norm(tf.add(x, dropout(dense(gelu(dense(x, `${layer}.up`)), `${layer}.down`))), `${layer}.norm`);
  }
  const first = tf.reshape(tf.slice(x, [0, 0, 0], [BATCH, 1, width]), [BATCH, width]);
  return dense(dropout(tf.tanh(dense(first, 'pooler'))), 'classifier');
}

/** [batch, length, width] as [batch, heads, length, width of a head]. */
function splitHeads(x: tf.Tensor): tf.Tensor {
  const { heads, width } = SIZES;
  return tf.transpose(tf.reshape(x, [BATCH, LENGTH, heads, width / heads]), [0, 2, 1, 3]);
}

interface Heads {
  readonly query: tf.Tensor | undefined;
  readonly key: tf.Tensor | undefined;
  readonly value: tf.Tensor | undefined;
}

function attention(
  { query = tf.scalar(NaN), key = tf.scalar(NaN), value = tf.scalar(NaN) }: Heads,
  { bias, dropout }: { bias: tf.Tensor; dropout: (x: tf.Tensor) => tf.Tensor },
): tf.Tensor {
  const { heads, width } = SIZES;
  const scores = tf.mul(tf.matMul(query, key, false, true), 1 / Math.sqrt(width / heads));
  const context = tf.matMul(dropout(tf.softmax(tf.add(scores, bias))), value);
  return tf.reshape(tf.transpose(context, [0, 2, 1, 3]), [BATCH, LENGTH, width]);
}

function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

function crossEntropy(logits: tf.Tensor, labels: tf.Tensor1D): tf.Scalar {
  const right = tf.cast(tf.oneHot(labels, SIZES.classes), 'float32');
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), right), -1))) as tf.Scalar;
}
