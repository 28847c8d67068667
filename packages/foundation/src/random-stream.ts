import { createHash } from 'node:crypto';
import { fillBernoulli } from './bernoulli.js';

const rotateLeft = (x: number, k: number) => (x << k) | (x >>> (32 - k));

/**
 * A stream of random numbers: xoshiro128** (Blackman & Vigna 2018), seeded by SHA-256 of a list of labels.
 *
 * A stream is named by what it is for, so its numbers depend on nothing else that draws in between:
 * a resumed run asks for `RandomStream.of(seed, 'dropout', step)` and gets the bits it would have had.
 *
 * @example RandomStream.of(42, 'shuffle', epoch).shuffle(rows)
 */
export class RandomStream {
  private constructor(private readonly state: Uint32Array) {}

  static of(...labels: readonly (string | number)[]): RandomStream {
    const digest = createHash('sha256').update(JSON.stringify(labels)).digest();
    return new RandomStream(Uint32Array.from({ length: 4 }, (_, i) => digest.readUInt32LE(4 * i)));
  }

  /** An integer, uniform over 0 … 2³²−1. */
  uint32(): number {
    const s = this.state as unknown as [number, number, number, number];
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  /** An integer in 0 … bound−1, without modulo bias. */
  below(bound: number): number {
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
    let drawn = this.uint32();
    while (drawn >= limit) drawn = this.uint32();
    return drawn % bound;
  }

  /** A draw from the standard normal distribution (Box–Muller, one of the pair). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
    }
    return shuffled;
  }

  /**
   * Ones with probability `keep`, else zeros: the mask of a dropout layer with rate 1−keep.
   * Each element has 16 random bits, so `keep` is met to within 1/65,536.
   * @throws RangeError when `keep` is no probability
   */
  bernoulli(length: number, keep: number): Uint8Array {
    return this.fillBernoulli(new Uint8Array(length), keep);
  }

  /**
   * `bernoulli` into an array that is there already. Whatever its length, it takes four numbers from this stream; the
   * SHA-512 of their list is the state of four xoshiro128** generators, which draw at the speed of memory.
   * @returns the array itself
   */
  fillBernoulli(mask: Uint8Array, keep: number): Uint8Array {
    if (!(keep >= 0 && keep <= 1)) throw new RangeError(`${keep} is no probability.`);
    const name = JSON.stringify(Array.from({ length: 4 }, () => this.uint32()));
    const state = createHash('sha512').update(name).digest();
    fillBernoulli(mask, { threshold: Math.round(keep * 65_536), state });
    return mask;
  }
}
