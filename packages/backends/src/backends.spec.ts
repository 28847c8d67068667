import { InputError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { backends, findBackend, startBackend } from './backends.js';
import { ortBackend } from './ort.js';

describe('the registry of backends', () => {
  it('has the names of the design', () => {
    const names = ['ort', 'ort-cuda', 'ort-webgpu', 'tfjs-node-gpu', 'tfjs-node', 'cpu'];
    expect(backends.map(({ name }) => name)).toEqual(names);
  });

  it('refuses another name and offers the nearest', () => {
    expect(() => findBackend('ort-webgl')).toThrow(
      expect.objectContaining({ message: "There is no backend 'ort-webgl'.", hint: "Did you mean 'ort-webgpu'?" }),
    );
  });

  it.each(['cpu', 'ort'])('starts %s', async (name) => {
    await startBackend({ name, threads: 1 });
    expect(tf.getBackend()).toBe(name);
    expect([...(await tf.add(tf.ones([2]), 1).data())]).toEqual([2, 2]);
  });

  it('leaves ours as it is when it is started again, and refuses other settings', async () => {
    await startBackend({ name: 'ort', threads: 1 });
    const sum = tf.add(tf.ones([2]), 1);
    await startBackend({ name: 'cpu', threads: 1 });
    await startBackend({ name: 'ort', threads: 1 });
    expect(tf.getBackend()).toBe('ort');
    expect([...(await sum.data())]).toEqual([2, 2]);
    await expect(startBackend({ name: 'ort', threads: 2 })).rejects.toThrow("'ort' runs in this process already");
    await expect(startBackend({ name: 'ort', threads: 1, without: ['gelu'] })).rejects.toThrow(InputError);
  });

  it('starts ours without a fusion', async () => {
    tf.removeBackend('ort');
    await startBackend({ name: 'ort', threads: 1, without: ['gelu'] });
    expect(tf.getKernel('Gelu', 'ort')).toBeUndefined();
    expect(tf.getKernel('LayerNormalization', 'ort')).toBeDefined();
  });

  it('refuses to do without the fusions of ours on another', async () => {
    await expect(startBackend({ name: 'cpu', threads: 1, without: ['gelu'] })).rejects.toThrow(
      "The backend 'cpu' has no fusions to do without.",
    );
  });

  it('starts ort-cuda, or says what it needs', async () => {
    const name = 'ort-cuda';
    const failure: unknown = await startBackend({ name, threads: 1 }).catch((error: unknown) => error);
    if (failure === undefined) return expect(tf.getBackend()).toBe(name);
    expect(tf.findBackend(name)).toBeNull();
    expect(failure).toBeInstanceOf(InputError);
    expect(failure).toMatchObject({ hint: expect.stringMatching(/^It needs|computes on/) as unknown });
  });

  it('does not compute on the CPU when asked for a provider that was never built', async () => {
    const started = ortBackend({ name: 'ort-none', title: '', provider: 'none' }).start({ threads: 1 });
    await expect(started).rejects.toThrow(/'ort-none' does not exist on/);
    await expect(started).rejects.toMatchObject({ hint: expect.stringContaining('cpu') as unknown });
    expect(tf.getBackend()).not.toBe('ort-none');
  });
});
