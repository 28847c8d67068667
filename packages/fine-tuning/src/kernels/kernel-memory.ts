import { WasmModule } from '@rose/foundation';
import { kernelBytes } from './kernel-bytes.js';

/** Elements a block: the staged blocks of a call, 32 KiB each, stay in a core's second-level cache. */
export const blockLength = 8192;

/** The arrays a kernel may ask for, then its numbers: the fields of `Task` in assembly/optimizer.ts, in that order. */
export const operandNames = ['gradient', 'mask', 'momentum', 'variance', 'weights', 'values'] as const;
export const coefficientNames = ['gradientScale', 'beta2', 'rest1', 'rest2', 'stepSize', 'epsilon', 'decay'] as const;

export type OperandName = (typeof operandNames)[number];
export type Coefficients = Readonly<Partial<Record<(typeof coefficientNames)[number], number>>>;

/** The functions of assembly/optimizer.ts. */
export interface Kernels {
  adamW(): void;
  gatedAdamW(): void;
  maskedAdamW(): void;
  relaxVariance(): void;
  sumOfSquares(): number;
}

const maximumBytes = 65_536 * WasmModule.pageBytes;
const stagingAt = 64;
const residentsAt = stagingAt + operandNames.length * 4 * blockLength;

const optimizer = new WasmModule<Kernels>(kernelBytes);
let staging: KernelMemory | undefined;
const homes = new WeakMap<ArrayBufferLike, KernelMemory>();

/**
 * A memory of the kernels with its instance of them: the task of the call, a block of staging room for each operand,
 * and the arrays that live here, which are worked on in place. It never grows, so views of it stay valid.
 */
export class KernelMemory {
  readonly kernels: Kernels;
  readonly buffer: ArrayBuffer;
  /** Where the operands of the block are, then their common length. */
  readonly task: Uint32Array;
  readonly coefficients: Float32Array;

  constructor(residentBytes: number) {
    const { functions, buffer } = optimizer.instantiate(residentsAt + residentBytes);
    this.kernels = functions;
    this.buffer = buffer;
    this.task = new Uint32Array(this.buffer, 0, operandNames.length + 1);
    this.coefficients = new Float32Array(this.buffer, this.task.byteLength, coefficientNames.length);
    homes.set(this.buffer, this);
  }

  /** The memory in which one of the arrays lives; for arrays that live elsewhere, one that has staging room alone. */
  static of(arrays: readonly Float32Array[]): KernelMemory {
    for (const { buffer } of arrays) {
      const home = homes.get(buffer);
      if (home) return home;
    }
    return (staging ??= new KernelMemory(0));
  }

  /** Staging room for one block of an operand. */
  room(operand: number): Float32Array {
    return new Float32Array(this.buffer, stagingAt + operand * 4 * blockLength, blockLength);
  }
}

/** Lengths of arrays that are to live in a memory of the kernels. */
export interface ResidentLengths {
  readonly lengths: readonly number[];
  /** Of further ones, which are made if there is room for them as well. */
  readonly ifRoom?: readonly number[];
}

/**
 * Arrays of zeros in one memory of the kernels, on which they work in place, about twice as fast as on arrays that
 * have to be copied in and out. Together they may have 2³⁰ elements; beyond that they are ordinary arrays.
 */
export function residentArrays({ lengths, ifRoom = [] }: ResidentLengths): {
  arrays: Float32Array[];
  more: Float32Array[];
} {
  const bytes = bytesOf(lengths);
  const room = maximumBytes - residentsAt;
  if (bytes > room) return { arrays: lengths.map((length) => new Float32Array(length)), more: [] };
  const further = bytes + bytesOf(ifRoom) > room ? [] : ifRoom;
  const { buffer } = new KernelMemory(bytes + bytesOf(further));
  let at = residentsAt;
  const place = (length: number) => {
    const array = new Float32Array(buffer, at, length);
    at += vectorBytes(length);
    return array;
  };
  return { arrays: lengths.map(place), more: further.map(place) };
}

/** Each array begins on a vector's boundary. */
const vectorBytes = (length: number): number => 16 * Math.ceil(length / 4);

const bytesOf = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + vectorBytes(length), 0);
