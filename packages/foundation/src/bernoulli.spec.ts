import { describe, expect, it } from 'vitest';
import { RandomStream } from './random-stream.js';
import { referenceBernoulli } from './testing/reference-bernoulli.js';

/** More than two blocks of the generator, and no multiple of anything. */
const long = 100_003;
/** Bytes that the generator draws before they are copied out. */
const block = 32_768;

const bernoulli = (label: string, length: number, keep: number) => RandomStream.of(label).bernoulli(length, keep);
const shareOf = (mask: Uint8Array) => mask.reduce((sum, bit) => sum + bit, 0) / mask.length;

/** The correlation of two masks of one rate, in standard errors of what independent ones would have. */
function correlation(a: Uint8Array, b: Uint8Array, keep: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? NaN) - keep) * ((b[i] ?? NaN) - keep);
  return sum / (keep * (1 - keep) * Math.sqrt(a.length));
}

describe('the bits of a mask', () => {
  it('are those of tools/goldens/random_stream.py', () => {
    expect(bernoulli('golden', 64, 0.5).join('')).toBe(
      '0010101000000010110111010000010110011111100100101011000100000101',
    );
  });

  it.each([0.1, 0.5, 0.9, 1 / 65_536])('are those of four scalar generators at keep = %f', (keep) => {
    expect(Buffer.compare(bernoulli('scalar', long, keep), referenceBernoulli(['scalar'], long, keep))).toBe(0);
  });

  it.each([0, 1, 2, 7, 8, 9, 15, 17, block - 1, block, block + 1])('do not depend on the length: %i', (length) => {
    const mask = bernoulli('length', length, 0.5);
    expect(mask).toHaveLength(length);
    expect(Buffer.compare(mask, bernoulli('length', long, 0.5).subarray(0, length))).toBe(0);
  });

  it('come again for the same labels and position only, and for every mask anew', () => {
    const [stream, same] = [RandomStream.of('calls'), RandomStream.of('calls')];
    const [first, second] = [stream.bernoulli(64, 0.5), stream.bernoulli(64, 0.5)];
    expect(first).not.toEqual(second);
    expect(same.bernoulli(3, 0.1)).toHaveLength(3);
    expect(same.bernoulli(64, 0.5)).toEqual(second);
    expect(same.uint32()).toBe(stream.uint32());
  });

  it('are written into a part of an array without touching the rest', () => {
    const array = new Uint8Array(64).fill(7);
    const part = array.subarray(5, 26);
    expect(RandomStream.of('part').fillBernoulli(part, 0.5)).toBe(part);
    expect(part).toEqual(bernoulli('part', 21, 0.5));
    expect(new Set([...array.subarray(0, 5), ...array.subarray(26)])).toEqual(new Set([7]));
  });
});

describe('the share of ones', () => {
  it.each([0.0005, 0.1, 0.4999, 0.5, 0.9, 0.9995])('is what was asked for: %f', (keep) => {
    const n = 4_000_000;
    const error = Math.sqrt((keep * (1 - keep)) / n);
    expect(Math.abs(shareOf(bernoulli('share', n, keep)) - keep)).toBeLessThan(4 * error + 0.5 / 65_536);
  });

  it('is exact at 0 and 1', () => {
    expect(shareOf(bernoulli('none', long, 0))).toBe(0);
    expect(shareOf(bernoulli('all', long, 1))).toBe(1);
  });

  it('is the same in every lane and half', () => {
    const ones = new Float64Array(8);
    const n = 4_000_000;
    bernoulli('lanes', n, 0.9).forEach((bit, i) => (ones[i % 8] = (ones[i % 8] ?? 0) + bit));
    for (const count of ones) expect(Math.abs(count / (n / 8) - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / (n / 8)));
  });

  it.each([NaN, -0.1, 1.1])('cannot be %f', (keep) => {
    expect(() => bernoulli('bad', 8, keep)).toThrow(RangeError);
  });
});

describe('masks are independent', () => {
  const n = 2_000_000;

  it.each([1, 2, 3, 4, 6, 8, 9, 16, 384, 12_288, block, block + 2])('of themselves %i elements on', (lag) => {
    const mask = bernoulli('lag', n + lag, 0.9);
    expect(Math.abs(correlation(mask.subarray(0, n), mask.subarray(lag), 0.9))).toBeLessThan(4);
  });

  it('from one call to the next, and from stream to stream', () => {
    const stream = RandomStream.of('step', 1);
    const masks = [stream, stream, stream, RandomStream.of('step', 2)].map((from) => from.bernoulli(n, 0.9));
    masks.forEach((a, i) => {
      for (const b of masks.slice(i + 1)) expect(Math.abs(correlation(a, b, 0.9))).toBeLessThan(4);
    });
  });

  it('in every pattern of eight, that is of one step of the four generators', () => {
    const counts = new Float64Array(256);
    const mask = bernoulli('patterns', n, 0.5);
    for (let i = 0; i < n; i += 8) {
      const pattern = mask.subarray(i, i + 8).reduce((bits, bit) => 2 * bits + bit, 0);
      counts[pattern] = (counts[pattern] ?? 0) + 1;
    }
    const expected = n / 8 / 256;
    const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 255 degrees of freedom: mean 255, standard deviation 22.6.
    expect(Math.abs(chiSquared - 255)).toBeLessThan(4 * 22.6);
  });
});
