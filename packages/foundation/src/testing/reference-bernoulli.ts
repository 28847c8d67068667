import { createHash } from 'node:crypto';
import { RandomStream } from '../random-stream.js';

const rotateLeft = (x: number, k: number) => (x << k) | (x >>> (32 - k));

/** xoshiro128** as its authors publish it, from four words of state. */
function xoshiro128([s0 = 0, s1 = 0, s2 = 0, s3 = 0]: readonly number[]): () => number {
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotateLeft(s3, 11);
    return result;
  };
}

/** The first `bernoulli` of the stream that the labels name, in plain JavaScript, one element after another. */
export function referenceBernoulli(labels: readonly string[], length: number, keep: number): Uint8Array {
  const stream = RandomStream.of(...labels);
  const name = JSON.stringify([stream.uint32(), stream.uint32(), stream.uint32(), stream.uint32()]);
  const words = createHash('sha512').update(name).digest();
  const generators = [0, 1, 2, 3].map((lane) =>
    xoshiro128([0, 1, 2, 3].map((word) => words.readUInt32LE(16 * word + 4 * lane))),
  );
  const threshold = Math.round(keep * 65_536);
  const mask = new Uint8Array(length);
  let bits = 0;
  for (let i = 0; i < length; i++) {
    const generator = generators[(i >> 1) % 4];
    if (i % 2 === 0 && generator) bits = generator();
    const half = i % 2 === 0 ? bits & 0xffff : bits >>> 16;
    // The sign bit turned over puts signed numbers in the order of unsigned ones.
    mask[i] = (half ^ 0x8000) < threshold ? 1 : 0;
  }
  return mask;
}
