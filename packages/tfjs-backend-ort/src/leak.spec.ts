import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from './register.js';
import { collectGarbage } from './testing/collect-garbage.js';
import { floats } from './testing/random-tensor.js';

const STEPS = 1000;

/** Objects of the last steps that may still be on their way out. One object kept a step would be 1000. */
const LINGERING = 20;

/** For what Node itself may hold. One gradient kept a step would be four times as much. */
const OTHER_BYTES = 4 * 2 ** 20;

const backend = registerOrtBackend();

beforeAll(() => tf.setBackend('ort'));

/** What the engine holds, in numbers that are the same in every run. */
function holdings() {
  const { tensors, sessions, sessionBytes, compilations, pooledBytes } = backend.stats();
  return { tensors, sessions, sessionBytes, compilations, pooledBytes, inTensorFlow: tf.memory().numTensors };
}

/** Bytes of all arrays of the process that something still reaches, copies that nobody has counted among them. */
async function arrayBytes(): Promise<number> {
  await collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

/** How many of these objects are still there. */
async function countReachable(objects: readonly WeakRef<object>[]): Promise<number> {
  await collectGarbage();
  return new Set(objects.map((object) => object.deref()).filter((object) => object !== undefined)).size;
}

describe('1,000 training steps', () => {
  it('leave tensors, sessions and pooled arrays as they were, and no array or recorded operation behind', async () => {
    const weights = tf.variable(floats([64, 64]));
    /** Everything that one step makes. */
    const step = async (): Promise<WeakRef<object>[]> => {
      const array = new Float32Array(8 * 64).fill(0.5);
      const x = tf.tensor2d(array, [8, 64]);
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(tf.relu(tf.matMul(x, weights)))), [weights]);
      const results = [value, grads[weights.name] as tf.Tensor];
      const recorded = results.map((tensor) => backend.recordedOf(tensor));
      const nodes = recorded.flatMap(({ origin }) => (origin.kind === 'computed' ? [origin.node] : []));
      expect(nodes).toHaveLength(2);
      await backend.evaluate(results);
      const arrays = await Promise.all(results.map((result) => result.data()));
      backend.recycle(results);
      tf.dispose([x, ...results]);
      return [array, x, ...results, ...recorded, ...nodes, ...arrays].map((object) => new WeakRef<object>(object));
    };

    for (let warmUp = 0; warmUp < 10; warmUp++) await step();
    const [before, { runs }, bytes] = [holdings(), backend.stats(), await arrayBytes()];
    const made: WeakRef<object>[] = [];
    for (let i = 0; i < STEPS; i++) made.push(...(await step()));

    expect(holdings()).toEqual(before);
    expect(backend.stats().runs - runs).toBe(STEPS);
    expect(await countReachable(made)).toBeLessThan(LINGERING);
    expect((await arrayBytes()) - bytes).toBeLessThan(OTHER_BYTES);
    weights.dispose();
  });
});

describe('the counts of what is left', () => {
  it('see what is still held, and not what has been let go', async () => {
    const bytes = await arrayBytes();
    let kept: Float32Array[] = Array.from({ length: STEPS }, () => new Float32Array(64 * 64));
    const refs = kept.map((array) => new WeakRef(array));
    expect(await countReachable(refs)).toBe(STEPS);
    expect((await arrayBytes()) - bytes).toBeGreaterThan(3 * OTHER_BYTES);
    kept = [];
    expect(await countReachable(refs)).toBeLessThan(LINGERING);
    expect((await arrayBytes()) - bytes).toBeLessThan(OTHER_BYTES);
  });
});

describe('recycle', () => {
  it('writes a later result into the array of an earlier one, which can then not be read', async () => {
    const [first, second] = [tf.neg(floats([50])), tf.square(floats([50]))];
    await backend.evaluate([first]);
    const array = await first.data();
    backend.recycle([first]);
    expect(() => first.dataSync()).toThrow(/given back with backend.recycle.*Copy what you need/);
    await expect(tf.abs(first).data()).rejects.toThrow(/given back.*Evaluate what depends/);
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
