import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrtBackend } from './backend.js';
import { registerOrtBackend } from './register.js';
import { floats } from './testing/random-tensor.js';

const STEPS = 10_000;
/** What the collector may not have come round to yet; one lost result of 16 kB a step would be three times as much. */
const SLACK_MIB = 40;

let backend: OrtBackend;

beforeAll(async () => {
  backend = registerOrtBackend();
  await tf.setBackend('ort');
});

afterAll(() => {
  tf.removeBackend('ort');
});

describe('10,000 training steps', () => {
  it('leave tensors, sessions and memory as they were', { timeout: 120_000 }, async () => {
    const weights = tf.variable(floats([64, 64]));
    const step = async (): Promise<void> => {
      const x = floats([8, 64]);
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(tf.relu(tf.matMul(x, weights)))), [weights]);
      const results = [value, grads[weights.name] as tf.Tensor];
      await backend.evaluate(results);
      backend.recycle(results);
      tf.dispose([x, ...results]);
    };

    for (let i = 0; i < STEPS / 5; i++) await step();
    const before = { tensors: tf.memory().numTensors, stats: backend.stats(), rss: process.memoryUsage().rss };
    for (let i = STEPS / 5; i < STEPS; i++) await step();
    const after = { tensors: tf.memory().numTensors, stats: backend.stats(), rss: process.memoryUsage().rss };

    expect(after.tensors).toBe(before.tensors);
    expect(after.stats.tensors).toBe(before.stats.tensors);
    expect(after.stats.sessions).toBe(before.stats.sessions);
    expect(after.stats.compilations).toBe(before.stats.compilations);
    expect(after.stats.runs - before.stats.runs).toBe((STEPS * 4) / 5);
    expect((after.rss - before.rss) / 2 ** 20).toBeLessThan(SLACK_MIB);
    weights.dispose();
  });
});

describe('recycle', () => {
  it('writes a later result into the array of an earlier one, which can then not be read', async () => {
    const [first, second] = [tf.neg(floats([50])), tf.square(floats([50]))];
    await backend.evaluate([first]);
    const array = await first.data();
    backend.recycle([first]);
    expect(() => first.dataSync()).toThrow(/given back with backend.recycle/);
    await expect(tf.abs(first).data()).rejects.toThrow(/given back/);
    expect(await second.data()).toBe(array);
    tf.dispose([first, second]);
  });

  it('leaves arrays alone that somebody else owns', async () => {
    const own = Float32Array.of(1, 2, 3);
    const mine = tf.tensor1d(own);
    backend.recycle([mine]);
    const result = tf.neg(tf.tensor1d([4, 5, 6]));
    expect(await result.data()).not.toBe(own);
    expect([...own]).toEqual([1, 2, 3]);
  });
});

describe('lend', () => {
  it('has results computed into the arrays lent, those lent first before others, and again after they came back', async () => {
    const lent = [new Float32Array(70), new Float32Array(70)];
    backend.lend(lent);
    for (let step = 1; step <= 2; step++) {
      const results = [1, 2, 3].map((factor) => tf.mul(floats([70]), factor * step));
      await backend.evaluate(results);
      const arrays = await Promise.all(results.map((result) => result.data()));
      expect(arrays.map((array) => lent.findIndex((one) => one === array))).toEqual([0, 1, -1]);
      backend.recycle(results);
      tf.dispose(results);
    }
  });
});
