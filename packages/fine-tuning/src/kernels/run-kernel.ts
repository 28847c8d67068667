import {
  type Coefficients,
  KernelMemory,
  type Kernels,
  type OperandName,
  blockLength,
  coefficientNames,
  operandNames,
} from './kernel-memory.js';

/** Arrays of one length; a number stands for an array full of it. */
export type Operands = Readonly<Partial<Record<OperandName, Float32Array | number>>>;

/** The operands that a kernel changes. */
const changes: Readonly<Record<keyof Kernels, readonly OperandName[]>> = {
  adamW: ['momentum', 'variance', 'weights'],
  gatedAdamW: ['momentum', 'variance', 'weights'],
  maskedAdamW: ['momentum', 'variance', 'weights'],
  relaxVariance: ['variance'],
  sumOfSquares: [],
};

/**
 * Runs a kernel over whole arrays, block by block: in place where an array lives in the kernels' memory
 * (`residentArrays`), else by way of a staging block that stays in the cache. The bits are the same either way.
 *
 * @returns the sum of what the kernel returned for each block; 0 for one that returns nothing
 */
export function runKernel(kernel: keyof Kernels, operands: Operands, coefficients: Coefficients = {}): number {
  const given = operandNames.flatMap((name, index) => {
    const operand = operands[name];
    return operand === undefined ? [] : [{ index, operand, changed: changes[kernel].includes(name) }];
  });
  const arrays = given.map(({ operand }) => operand).filter((operand) => typeof operand !== 'number');
  const length = arrays[0]?.length ?? 0;
  if (arrays.some((array) => array.length !== length)) {
    throw new RangeError(`${kernel} needs arrays of one length, not ${arrays.map((a) => a.length).join(', ')}.`);
  }
  const memory = KernelMemory.of(arrays);
  memory.coefficients.set(coefficientNames.map((name) => coefficients[name] ?? 0));
  const slots = given.map((options) => new Slot(memory, options));
  let sum = 0;
  for (let start = 0; start < length; start += blockLength) {
    const count = Math.min(blockLength, length - start);
    for (const slot of slots) slot.enter(start, count);
    memory.task[operandNames.length] = vectorised(count);
    sum += memory.kernels[kernel]() ?? 0;
    for (const slot of slots) slot.leave(start, count);
  }
  return sum;
}

/** Elements in whole vectors of four. */
const vectorised = (count: number): number => 4 * Math.ceil(count / 4);

interface SlotOptions {
  readonly index: number;
  readonly operand: Float32Array | number;
  readonly changed: boolean;
}

/** One operand's way into the kernels' memory and back, block after block. */
class Slot {
  private readonly room: Float32Array;

  constructor(
    private readonly memory: KernelMemory,
    private readonly options: SlotOptions,
  ) {
    this.room = memory.room(options.index);
    if (typeof options.operand === 'number') this.room.fill(options.operand);
  }

  enter(start: number, count: number): void {
    const { index, operand } = this.options;
    if (typeof operand === 'number') {
      this.memory.task[index] = this.room.byteOffset;
    } else if (this.inPlace(count)) {
      this.memory.task[index] = operand.byteOffset + 4 * start;
    } else {
      this.room.set(operand.subarray(start, start + count));
      this.room.fill(0, count, vectorised(count));
      this.memory.task[index] = this.room.byteOffset;
    }
  }

  leave(start: number, count: number): void {
    const { operand, changed } = this.options;
    if (!changed || typeof operand === 'number' || this.inPlace(count)) return;
    operand.set(count === blockLength ? this.room : this.room.subarray(0, count), start);
  }

  /** A last block that does not fill its vectors is staged, so that no kernel touches what lies behind it. */
  private inPlace(count: number): boolean {
    const { operand } = this.options;
    return typeof operand !== 'number' && operand.buffer === this.memory.buffer && count % 4 === 0;
  }
}
