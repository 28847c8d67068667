import type { HostArray, HostType } from './host-array.js';
import { emptyHostArray } from './host-array.js';

/**
 * Arrays that results were computed into and that nobody reads any more, to be written to again. A gradient of 90 MB
 * needs no new memory in each step: the system would have to find and clear it page by page.
 */
export class ArrayPool {
  private readonly free = new Map<string, HostArray[]>();
  /** What has been handed out: only that may come back, never an array which somebody else owns. */
  private readonly lent = new WeakSet<HostArray>();
  private held = 0;

  /** Bytes of the arrays that wait to be written to again. */
  get bytes(): number {
    return this.held;
  }

  /** An array of `length` elements, whatever they hold: one that was given back, or a new one. */
  take(length: number, dtype: HostType): HostArray {
    const free = this.free.get(shelf(length, dtype))?.shift();
    if (free !== undefined) this.held -= free.byteLength;
    const array = free ?? emptyHostArray(length, dtype);
    this.lent.add(array);
    return array;
  }

  /** Takes an array that somebody else made: whoever wants results in a certain place lends them that place. */
  lend(array: HostArray, dtype: HostType): void {
    this.lent.add(array);
    this.give(array, dtype);
  }

  /** Takes an array back, if it came from here; those given first are taken first. */
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
