import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrtBackend } from '../backend/backend.js';
import { SessionError } from '../graph/errors.js';
import { Evaluator } from './evaluate.js';
import { hostValue, record } from '../graph/graph-builder.js';
import { registerOrtBackend } from '../register.js';
import { floats } from '../testing/random-tensor.js';

let backend: OrtBackend;

beforeAll(() => {
  backend = registerOrtBackend({ maxSessions: 3 });
});

beforeEach(async () => {
  await tf.setBackend('ort');
});

afterAll(() => {
  tf.removeBackend('ort');
});

describe('caching', () => {
  it('compiles nothing for a step it has seen, whatever its numbers', async () => {
    const step = (rate: number): Promise<unknown> =>
      tf.mul(tf.clipByValue(floats([4, 5]), -rate, rate), rate).data() as Promise<unknown>;
    await step(0.1);
    const { compilations } = backend.stats();
    await step(0.2);
    await step(0.3);
    expect(backend.stats().compilations).toBe(compilations);
  });

  it('keeps no more sessions than allowed', async () => {
    for (let size = 1; size <= 6; size++) await tf.neg(floats([size])).data();
    const { compilations, sessions } = backend.stats();
    expect(sessions).toBe(3);
    await tf.neg(floats([6])).data();
    expect(backend.stats().compilations).toBe(compilations);
    await tf.neg(floats([1])).data();
    expect(backend.stats().compilations).toBe(compilations + 1);
  });

  it('takes turns: tensors read at the same time share what they share', async () => {
    const { compilations } = backend.stats();
    const reads = [1, 2, 3, 4].map((factor) => tf.mul(floats([2, 7]), factor).data());
    expect(await Promise.all(reads)).toHaveLength(4);
    expect(backend.stats().compilations).toBe(compilations + 1);
  });
});

describe('common subexpressions', () => {
  it('a forward pass with dropout that is traced for each of two losses is computed once', async () => {
    const [x, w, labels] = [floats([4, 6]), floats([6, 3]), floats([4, 3])];
    const mask = tf.tensor(Uint8Array.of(1, 0, 1), [3], 'bool');
    const dropout = (y: tf.Tensor): tf.Tensor => tf.mul(y, tf.mul(tf.cast(mask, 'float32'), 1 / 0.9));
    const gelu = (y: tf.Tensor): tf.Tensor => tf.mul(tf.mul(y, 0.5), tf.add(tf.erf(tf.mul(y, Math.SQRT1_2)), 1));
    const forward = (): tf.Tensor => tf.logSoftmax(dropout(gelu(tf.matMul(x, w))));

    await backend.evaluate([forward()]);
    const alone = backend.stats().lastGraph;
    const divergence = tf.sum(tf.exp(forward()));
    const crossEntropy = tf.sum(tf.mul(forward(), labels));
    await backend.evaluate([divergence, crossEntropy]);

    // More than the forward pass alone: Exp, ReduceSum, Mul, ReduceSum, and the labels.
    expect(backend.stats().lastGraph).toEqual({ nodes: alone.nodes + 4, leaves: alone.leaves + 1 });
  });
});

describe('determinism', () => {
  it('the same step gives the same bits, also where many rows are added to one place', async () => {
    const ids = tf.tensor(
      Int32Array.from({ length: 1024 }, (_, index) => index % 7),
      [32, 32],
      'int32',
    );
    const [table, w] = [floats([50, 64]), floats([64, 64])];
    const step = async (): Promise<Uint8Array[]> => {
      const { value, grads } = tf.valueAndGrads((embedding: tf.Tensor, weights: tf.Tensor) =>
        tf.mean(tf.square(tf.matMul(tf.reshape(tf.gather(embedding, ids), [1024, 64]), weights))),
      )([table, w]);
      await backend.evaluate([value, ...grads]);
      return [value, ...grads].map((tensor) => new Uint8Array((tensor.dataSync() as Float32Array).slice().buffer));
    };
    const first = await step();
    for (let repeat = 0; repeat < 10; repeat++) expect(await step()).toEqual(first);
  });
});

describe('failures', () => {
  const evaluator = new Evaluator({ threads: 1, maxSessions: 1, sessionMemory: 2 ** 30, executionProviders: ['cpu'] });
  const matrix = hostValue(new Float32Array(6), { shape: [2, 3], dtype: 'float32' });

  it('a graph that cannot be compiled names the operation and its shapes', async () => {
    const wrong = record('MatMul', [matrix, matrix], { shape: [2, 3], dtype: 'float32' });
    const failure = evaluator.evaluate([wrong]);
    await expect(failure).rejects.toThrow(SessionError);
    await expect(failure).rejects.toThrow(/could not compile.*MatMul of float32 \[2,3\], float32 \[2,3\]/s);
  });

  it('an operator that ONNX Runtime does not have is named', async () => {
    const unknown = record('NoSuchOperator', [matrix], { shape: [2, 3], dtype: 'float32' });
    await expect(evaluator.evaluate([unknown])).rejects.toThrow(/NoSuchOperator/);
  });

  it('the next evaluation is none the worse', async () => {
    const fine = record('Neg', [matrix], { shape: [2, 3], dtype: 'float32' });
    await evaluator.evaluate([fine]);
    expect(fine.origin.kind).toBe('host');
    await evaluator.release();
    expect(evaluator.stats().sessions).toBe(0);
  });
});
