/**
 * Keeps byte arrays that are no longer read, so that they can be written to again. The masks of a training step take tens of
 * megabytes, and the system would otherwise allocate and clear them page by page in every step.
 * The ort backend's `ArrayPool` is another thing on purpose: it takes back only what it lent, and it never lets arrays go.
 */
export class DropoutArrays {
  /** By length. The length that was not given back for the longest time comes first. */
  private readonly shelves = new Map<number, Uint8Array[]>();
  private held = 0;

  /** @param limit bytes kept at most */
  constructor(private readonly limit: number) {}

  /** An array of this length: a used one, whatever it holds, or a new one. */
  take(length: number): Uint8Array {
    const array = this.shelves.get(length)?.pop();
    if (!array) return new Uint8Array(length);
    this.held -= length;
    return array;
  }

  /** Keeps an array. Above the limit, the lengths that were not given back for the longest time are dropped. */
  give(array: Uint8Array): void {
    const shelf = this.shelves.get(array.length) ?? [];
    shelf.push(array);
    this.held += array.length;
    this.shelves.delete(array.length);
    this.shelves.set(array.length, shelf);
    for (const [length, oldest] of this.shelves) {
      while (this.held > this.limit && oldest.pop()) this.held -= length;
      if (oldest.length === 0) this.shelves.delete(length);
    }
  }
}
