import type { HostArray, HostType } from '../graph/host-array.js';
import { emptyHostArray } from '../graph/host-array.js';

/**
 * Arrays of earlier results that nobody reads any more, kept to be written to again. Without them each step would need
 * new memory for a gradient of 90 MB, which the system has to find and clear page by page.
 */
export class ArrayPool {
  private readonly free = new Map<string, HostArray[]>();
  /** What was handed out. Only that may come back, never an array that somebody else owns. */
  private readonly lent = new WeakSet<HostArray>();
  private held = 0;

  /** Bytes of the arrays that are kept. */
  get bytes(): number {
    return this.held;
  }

  /** An array of `length` elements: one that was given back, which still holds old elements, or a new one. */
  take(length: number, dtype: HostType): HostArray {
    const free = this.free.get(shelf(length, dtype))?.shift();
    if (free !== undefined) this.held -= free.byteLength;
    const array = free ?? emptyHostArray(length, dtype);
    this.lent.add(array);
    return array;
  }

  /** Adds an array from outside: a caller that wants results in a certain place lends that place. */
  lend(array: HostArray, dtype: HostType): void {
    this.lent.add(array);
    this.give(array, dtype);
  }

  /** Takes an array back if it came from here. The array that was given first is handed out first. */
  give(array: HostArray, dtype: HostType): void {
    if (!this.lent.delete(array)) return;
    const key = shelf(array.length, dtype);
    const arrays = this.free.get(key);
    if (arrays === undefined) this.free.set(key, [array]);
    else arrays.push(array);
    this.held += array.byteLength;
  }

  clear(): void {
    this.free.clear();
    this.held = 0;
  }
}

function shelf(length: number, dtype: HostType): string {
  return `${dtype} ${length}`;
}
