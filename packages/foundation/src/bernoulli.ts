import { bernoulliBytes } from './bernoulli-bytes.js';
import { type WasmInstance, WasmModule } from './wasm-module.js';

/** Where assembly/bernoulli.ts has its state and writes what it draws. */
const stateBytes = 64;
/** Bytes a call of it draws, a multiple of 8: they stay in the cache until they are copied out. */
const blockBytes = 32_768;

interface Generator {
  draw(count: number, threshold: number): void;
}

const generator = new WasmModule<Generator>(bernoulliBytes);
let instance: WasmInstance<Generator> | undefined;

export interface BernoulliOptions {
  /** Ones have probability threshold / 65,536. */
  readonly threshold: number;
  /** 64 bytes, sixteen little-endian words: s₀ of the four generators, then their s₁, s₂ and s₃. */
  readonly state: Uint8Array;
}

/**
 * Fills an array with ones and zeros from four xoshiro128** generators. Element i comes from step ⌊i/8⌋ of generator
 * ⌊i/2⌋ mod 4, from the low half of its number where i is even: 1 where that half, as a signed number, is less than
 * threshold − 32,768. So a shorter array gets the beginning of what a longer one gets.
 */
export function fillBernoulli(target: Uint8Array, { threshold, state }: BernoulliOptions): void {
  const { functions, buffer } = (instance ??= generator.instantiate(stateBytes + blockBytes));
  new Uint8Array(buffer, 0, stateBytes).set(state);
  const block = new Uint8Array(buffer, stateBytes, blockBytes);
  for (let start = 0; start < target.length; start += blockBytes) {
    const count = Math.min(blockBytes, target.length - start);
    functions.draw(8 * Math.ceil(count / 8), threshold);
    target.set(count === blockBytes ? block : block.subarray(0, count), start);
  }
}
