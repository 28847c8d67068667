import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { OrtBackend } from './backend/backend.js';
import { fusionNames, kernelsWithout } from './fusions.js';
import { kernels } from './kernels/index.js';
import { registerOrtBackend } from './register.js';
import { rowSumOf } from './evaluation/row-sum.js';
import { floats } from './testing/random-tensor.js';
import { encoderStep } from './testing/small-encoder.js';
import { traceGraph } from './graph/trace.js';

const TOLERANCE = 1e-5;

/** Chooses a backend of its own for one test. */
async function use(name: string, without?: readonly string[]): Promise<OrtBackend> {
  const backend = registerOrtBackend({ name, ...(without && { without }) });
  await tf.setBackend(name);
  onTestFinished(() => tf.removeBackend(name));
  return backend;
}

/** The operators of the graph behind what is computed, as it is given to ONNX Runtime. */
function operatorsOf(backend: OrtBackend, compute: () => tf.Tensor): string[] {
  return tf.tidy(() => {
    const value = backend.recordedOf(compute());
    const { nodes } = traceGraph([rowSumOf(value)?.rows ?? value]);
    return nodes.map(({ node }) => node.op);
  });
}

const bits = (): tf.Tensor => tf.cast(tf.tensor([1, 0], [2], 'bool'), 'float32');
const byId = (x: tf.Tensor): tf.Tensor => tf.unsortedSegmentSum(x as tf.Tensor2D, tf.tensor1d([2, 0, 2], 'int32'), 4);
const twice = (x: tf.Tensor): tf.Tensor => tf.transpose(tf.transpose(x, [0, 2, 1]), [1, 0, 2]);

/** A computation that has the fusion, and its operators with and without. */
const REPLACED: [string, () => tf.Tensor, string[], string[]][] = [
  ['dropout-masks', () => tf.mul(bits(), 2), ['DequantizeLinear'], ['Cast', 'Mul']],
  [
    'transposed-operands',
    () => tf.matMul(floats([4, 2]), floats([4, 3]), true),
    ['FusedMatMul'],
    ['Transpose', 'MatMul'],
  ],
  ['transposes', () => twice(floats([2, 3, 4])), ['Transpose'], ['Transpose', 'Transpose']],
  [
    'sums-by-id',
    () => byId(tf.exp(floats([3, 2]))),
    ['Exp'],
    ['Exp', 'Reshape', 'Expand', 'Expand', 'ScatterElements'],
  ],
  ['square-sums', () => tf.sum(tf.square(floats([3, 4]))), ['ReduceSumSquare'], ['Mul', 'ReduceSum']],
  ['row-sums', () => tf.sum(floats([32, 3]), 0), ['MatMul', 'Reshape'], ['ReduceSum']],
];

const ABSENT: [string, string][] = [
  ['gelu', 'Gelu'],
  ['layer-norm', 'LayerNormalization'],
  ['rotary', 'RotaryEmbedding'],
];

describe('fusions', () => {
  it('are all tried here', () => {
    expect([...REPLACED, ...ABSENT].map(([name]) => name).sort()).toEqual([...fusionNames].sort());
  });

  it.each(REPLACED)('%s: its operators are there, or those that go without it', async (name, compute, fused, plain) => {
    const [usual, without] = [await use('ort'), await use('ort-without', [name])];
    await tf.setBackend('ort');
    expect(operatorsOf(usual, compute)).toEqual(fused);
    await tf.setBackend('ort-without');
    expect(operatorsOf(without, compute)).toEqual(plain);
    for (const [other, computeOther, usually] of REPLACED) {
      if (other !== name) expect(operatorsOf(without, computeOther), other).toEqual(usually);
    }
  });

  it.each(ABSENT)('%s: no kernel %s without it', async (name, kernelName) => {
    await use('ort-without', [name]);
    expect(tf.getKernel(kernelName, 'ort-without')).toBeUndefined();
    expect(kernelsWithout([name])).toHaveLength(kernels.length - 1);
  });

  it('can all be gone without at once, and are back in the next backend of the name', async () => {
    const plain = registerOrtBackend({ name: 'ort-all', without: fusionNames });
    await tf.setBackend('ort-all');
    for (const [name, compute, , expected] of REPLACED) expect(operatorsOf(plain, compute), name).toEqual(expected);
    tf.removeBackend('ort-all');
    const usual = await use('ort-all');
    for (const [name, compute, expected] of REPLACED) expect(operatorsOf(usual, compute), name).toEqual(expected);
    for (const [, kernelName] of ABSENT) expect(tf.getKernel(kernelName, 'ort-all')).toBeDefined();
  });

  it('are the usual kernels, object for object, where none is left out', () => {
    expect(kernelsWithout([])).toEqual(kernels);
    kernelsWithout([]).forEach((kernel, index) => expect(kernel).toBe(kernels[index]));
  });

  it('that nobody knows are refused with those that there are', () => {
    expect(() => registerOrtBackend({ name: 'ort-none', without: ['gelu', 'relu'] })).toThrow(
      /no fusion "relu"\. Known: gelu, layer-norm, /,
    );
    expect(tf.findBackend('ort-none')).toBeNull();
  });
});

describe('an encoder step', () => {
  let expected: Awaited<ReturnType<typeof encoderStep>>;
  beforeAll(async () => {
    registerOrtBackend();
    await tf.setBackend('ort');
    expected = await encoderStep();
    tf.removeBackend('ort');
  });

  const choices = [...fusionNames.map((name) => [name]), fusionNames];
  it.each(choices.map((without) => ({ names: without.join(), without })))(
    'is the same without $names',
    async ({ without }) => {
      await use('ort-without', without);
      const { loss, gradients } = await encoderStep();
      expect(Math.abs(loss - expected.loss)).toBeLessThan(TOLERANCE);
      expect([...gradients.keys()]).toEqual([...expected.gradients.keys()]);
      for (const [name, gradient] of gradients) {
        const differences = gradient.map((value, at) => Math.abs(value - (expected.gradients.get(name)?.[at] ?? NaN)));
        expect(Math.max(...differences), name).toBeLessThan(TOLERANCE);
      }
    },
  );
});
