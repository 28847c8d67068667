import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DropoutMasks } from './dropout.js';
import { dropoutSite } from './layers/dropout-site.js';

beforeAll(() => tf.setBackend('cpu'));

const masksOf = (...labels: string[]) => new DropoutMasks(RandomStream.of('dropout-spec', ...labels));

describe('DropoutMasks', () => {
  it('gives the same tensors again after a rewind, also out of a tidy', () => {
    const masks = masksOf();
    const trace = () => tf.tidy(() => [masks.next([2, 3], 0.5), masks.next([4], 0.1)].map((mask) => mask.id));
    const first = trace();
    masks.rewind();
    expect(trace()).toEqual(first);
    masks.dispose();
  });

  it('refuses another shape or rate at a remembered position', () => {
    const masks = masksOf();
    masks.next([2, 3], 0.5);
    masks.rewind();
    expect(() => masks.next([3, 2], 0.5)).toThrow('must be the same pass');
    expect(() => masks.next([2, 3], 0.4)).toThrow('must be the same pass');
    expect(masks.next([2, 3], 0.5).dtype).toBe('bool');
    masks.dispose();
  });

  it('draws the same bits for the same stream and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const [a, b, c] = [masksOf('x'), masksOf('x'), masksOf('y')].map((masks) => ({
      masks,
      mask: masks.next([100], 0.5),
    }));
    const bits = await Promise.all([a, b, c].map((drawn) => drawn?.mask.data()));
    expect(bits[0]).toEqual(bits[1]);
    expect(bits[0]).not.toEqual(bits[2]);
    for (const drawn of [a, b, c]) drawn?.masks.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('dropoutSite', () => {
  it('keeps the expectation', async () => {
    const masks = masksOf('mean');
    const mean = tf.tidy(() => tf.mean(dropoutSite(masks, 0.3).apply(tf.ones([100_000]))));
    expect((await mean.data())[0]).toBeCloseTo(1, 1.5);
    masks.dispose();
  });

  it('changes nothing in evaluation and at rate 0, and then asks for no mask', () => {
    const x = tf.ones([3]);
    const masks = masksOf('none');
    expect(dropoutSite(undefined, 0.5).apply(x)).toBe(x);
    expect(dropoutSite(masks, 0).apply(x)).toBe(x);
    expect(masks.next([7], 0.1).shape).toEqual([7]);
    masks.dispose();
  });
});
