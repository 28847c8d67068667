/**
 * Arrays of bytes that nobody reads any more, to be written to again: the masks of a training step are tens of megabytes,
 * which the system would otherwise have to find and clear page by page in every step. The ort backend has a pool of its
 * own, for other things: arrays that ONNX Runtime writes to, which must be known to be ours and are never let go.
 */
export class DropoutArrays {
  /** By length; the length that was given back longest ago comes first. */
  private readonly shelves = new Map<number, Uint8Array[]>();
  private held = 0;

  /** @param limit bytes kept at most */
  constructor(private readonly limit: number) {}

  /** An array of this length, whatever it holds: one that was given back, or a new one. */
  take(length: number): Uint8Array {
    const array = this.shelves.get(length)?.pop();
    if (!array) return new Uint8Array(length);
    this.held -= length;
    return array;
  }

  /** Keeps an array. Past the limit, arrays of lengths that have not come back for longest are let go. */
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
