import type { ArrayPool } from './array-pool.js';
import type { Value } from '../graph/graph-node.js';
import type { HostArray } from '../graph/host-array.js';

/** A matrix [count, width] whose row i is the sum of those of `rows`, [n, width], that have the id i; zeros elsewhere. */
export interface RowSum {
  readonly rows: Value;
  readonly ids: HostArray;
}

const sums = new WeakMap<object, RowSum>();

/** Remembers of a computed value that it is such a sum. */
export function noteRowSum(value: Value, sum: RowSum): Value {
  if (value.origin.kind === 'computed') sums.set(value.origin.node, sum);
  return value;
}

/** The sum of rows that a value is, if it can be added up on the host once its rows are computed. */
export function rowSumOf({ origin, dtype }: Value): RowSum | undefined {
  if (origin.kind !== 'computed' || dtype !== 'float32') return undefined;
  const sum = sums.get(origin.node);
  return sum?.rows.origin.kind === 'computed' ? sum : undefined;
}

/** The rows of an array that may be other than zero. */
interface Written {
  readonly ids: HostArray;
  readonly width: number;
}

/**
 * Adds up sums of rows on the host. The gradient of an embedding table is mostly zeros: a graph would fill 47 MB with them
 * in every step of MiniLM, and read and write them again. Here an array that held such a sum before is cleared only in the
 * rows of that sum.
 */
export class RowSums {
  private readonly written = new WeakMap<HostArray, Written>();

  constructor(private readonly arrays: ArrayPool) {}

  /** The sum, in an array of the pool. Rows are added in their order, as ScatterElements adds them. */
  compute({ ids }: RowSum, rows: HostArray, length: number): HostArray {
    const total = this.zeros(length);
    const width = rows.length / ids.length;
    for (let row = 0; row < ids.length; row++) {
      const to = (ids[row] as number) * width;
      const from = row * width;
      for (let column = 0; column < width; column++) {
        total[to + column] = (total[to + column] as number) + (rows[from + column] as number);
      }
    }
    this.written.set(total, { ids, width });
    return total;
  }

  /** To be called for an array of the pool before something else is written into it. */
  forget(array: HostArray): void {
    this.written.delete(array);
  }

  private zeros(length: number): HostArray {
    const array = this.arrays.take(length, 'float32');
    const before = this.written.get(array);
    if (!before) return array.fill(0);
    for (const id of before.ids) array.fill(0, id * before.width, (id + 1) * before.width);
    return array;
  }
}
