import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DropoutMasks } from './dropout.js';
import { dropoutSite } from './dropout-site.js';

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

describe('the memory of masks', () => {
  const shape = [101, 103];

  /** The arrays that the backend is given while something is done. */
  function arraysWritten(work: () => void): unknown[] {
    const write = vi.spyOn(tf.backend(), 'write');
    work();
    const arrays = write.mock.calls.map(([values]) => values);
    write.mockRestore();
    return arrays;
  }

  it('is that of masks disposed of, whatever it held', async () => {
    const drawTwo = async (label: string) => {
      const masks = masksOf(label);
      const drawn: tf.Tensor[] = [];
      const arrays = arraysWritten(() => drawn.push(masks.next(shape, 0.9), masks.next(shape, 0.1)));
      const bits = await Promise.all(drawn.map((mask) => mask.data()));
      masks.dispose();
      masks.dispose();
      return { arrays, bits };
    };
    const [first, second, third] = [await drawTwo('a'), await drawTwo('b'), await drawTwo('a')];
    expect(new Set([first, second, third].flatMap(({ arrays }) => arrays)).size).toBe(2);
    expect(third.bits).toEqual(first.bits);
    expect(second.bits).not.toEqual(first.bits);
  });

  it('is nobody else’s while a mask is alive', async () => {
    const first = masksOf('first');
    const mask = first.next(shape, 0.5);
    const before = await mask.data();
    for (const label of ['second', 'third']) {
      const later = masksOf(label);
      later.next(shape, 0.5);
      later.dispose();
    }
    expect(await mask.data()).toEqual(before);
    first.dispose();
  });

  it.each([
    ['clone', (mask: tf.Tensor) => mask.clone()],
    ['reshaped mask', (mask: tf.Tensor) => tf.reshape(mask, [-1])],
  ])('stays that of a %s', async (_, alias) => {
    const masks = masksOf('aliased');
    const alive = alias(masks.next(shape, 0.5));
    const before = await alive.data();
    masks.dispose();
    const next = masksOf('next');
    next.next(shape, 0.5);
    next.next(shape, 0.5);
    expect(await alive.data()).toEqual(before);
    alive.dispose();
    next.dispose();
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
