/** Draws that are the same in every run (mulberry32): this package may not import our random streams. */
export class SeededArrays {
  constructor(private state: number) {}

  /** Between low and high. */
  floats(length: number, low = -2, high = 2): Float32Array {
    return Float32Array.from({ length }, () => low + this.next() * (high - low));
  }

  /** Whole numbers from low up to, but without, high. */
  ints(length: number, low: number, high: number): Int32Array {
    return Int32Array.from({ length }, () => low + Math.floor(this.next() * (high - low)));
  }

  /** 1 with the given probability, else 0. */
  bools(length: number, probability = 0.5): Uint8Array {
    return Uint8Array.from({ length }, () => (this.next() < probability ? 1 : 0));
  }

  /** Uniform in [0, 1). */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
