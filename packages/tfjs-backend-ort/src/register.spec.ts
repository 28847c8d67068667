import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { MissingKernelError } from './graph/errors.js';
import { OrtBackend, registerOrtBackend } from './index.js';
import { kernels } from './kernels/index.js';

describe('registerOrtBackend', () => {
  it('registers nothing at import, and returns the backend that tf.setBackend chooses', async () => {
    expect(tf.findBackend('ort')).toBeNull();
    const backend = registerOrtBackend();
    expect(backend).toBeInstanceOf(OrtBackend);
    await tf.setBackend('ort');
    expect(tf.backend()).toBe(backend);
  });

  it('refuses a name that is taken, until that backend is removed', async () => {
    expect(() => registerOrtBackend()).toThrow(/"ort" is registered already.*removeBackend\('ort'\)/);
    const first = tf.backend() as OrtBackend;
    await tf.neg(tf.ones([2])).data();
    tf.removeBackend('ort');
    await first.release();
    expect(first.stats().sessions).toBe(0);
    expect(registerOrtBackend()).not.toBe(first);
  });

  it('registers under several names', async () => {
    registerOrtBackend({ name: 'ort-one', threads: 1 });
    await tf.setBackend('ort-one');
    expect([...(await tf.add(tf.ones([2]), 1).data())]).toEqual([2, 2]);
  });

  it.each([{ threads: 0 }, { maxSessions: 1.5 }])('refuses %o', (options) => {
    expect(() => registerOrtBackend({ name: 'ort-none', ...options })).toThrow(/Give a whole number of at least 1/);
  });

  it('has each kernel once', () => {
    const names = kernels.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('says which kernel is missing and what to do', async () => {
    await tf.setBackend('ort-one');
    const convolve = (): tf.Tensor =>
      tf.conv1d(tf.ones<tf.Rank.R3>([1, 4, 1]), tf.ones<tf.Rank.R3>([2, 1, 1]), 1, 'valid');
    expect(convolve).toThrow(/Conv2D of .*no kernel Conv2D\. Compose it of kernels/);
    expect(convolve).toThrow(expect.objectContaining({ cause: expect.any(MissingKernelError) as unknown }));
  });

  it('names the kernel and the shapes when shapes do not fit', () => {
    const add = (): unknown => tf.engine().runKernel(tf.Add, { a: tf.ones([2, 3]), b: tf.ones([4]) });
    expect(add).toThrow(/Add of float32 \[2,3\], float32 \[4\]: .*broadcast/);
  });
});
