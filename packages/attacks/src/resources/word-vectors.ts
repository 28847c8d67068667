/** A table of words and their vectors: row i of `values` (words × dimensions, row by row) belongs to word i. */
export interface VectorTable {
  readonly words: readonly string[];
  readonly dimensions: number;
  readonly values: Float32Array;
}

/** Nearest neighbours, cosines and distances in a table of word vectors. */
export class WordVectors {
  private readonly rows: ReadonlyMap<string, number>;
  /** 1 / length of each vector; 0 for a vector of zeros, which is near to nothing. */
  private readonly inverseNorms: Float64Array;

  constructor(private readonly table: VectorTable) {
    this.rows = new Map(table.words.map((word, row) => [word, row]));
    this.inverseNorms = Float64Array.from(table.words, (_, row) => {
      const square = this.dot(row, row);
      return square > 0 ? 1 / Math.sqrt(square) : 0;
    });
  }

  /** The cosine of two words' vectors; undefined where one has none. */
  cosine(a: string, b: string): number | undefined {
    const [i, j] = [this.rows.get(a), this.rows.get(b)];
    return i === undefined || j === undefined ? undefined : this.cosineOfRows(i, j);
  }

  /** The squared Euclidean distance of two words' vectors; undefined where one has none. */
  squaredDistance(a: string, b: string): number | undefined {
    const [i, j] = [this.rows.get(a), this.rows.get(b)];
    if (i === undefined || j === undefined) return undefined;
    return Math.max(0, this.dot(i, i) + this.dot(j, j) - 2 * this.dot(i, j));
  }

  /**
   * The `count` words with the highest cosine to `word`, without it, nearest first and equals in the order of the table; none
   * for an unknown word. Looks at every vector: words × dimensions steps.
   */
  nearest(word: string, count: number): readonly string[] {
    const row = this.rows.get(word);
    if (row === undefined || count < 1) return [];
    const found: { other: string; cosine: number }[] = [];
    this.table.words.forEach((other, i) => {
      if (i === row) return;
      const cosine = this.cosineOfRows(row, i);
      const least = found.length < count ? -Infinity : (found.at(-1)?.cosine ?? -Infinity);
      if (cosine <= least) return;
      if (found.length === count) found.pop();
      const at = found.findIndex((one) => one.cosine < cosine);
      found.splice(at === -1 ? found.length : at, 0, { other, cosine });
    });
    return found.map(({ other }) => other);
  }

  private cosineOfRows(i: number, j: number): number {
    return this.dot(i, j) * (this.inverseNorms[i] ?? 0) * (this.inverseNorms[j] ?? 0);
  }

  // Four sums side by side, a copy of the first vector or whole numbers of 8 bits were tried: no faster in V8.
  private dot(i: number, j: number): number {
    const { dimensions, values } = this.table;
    const [from, to] = [i * dimensions, j * dimensions];
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += (values[from + d] as number) * (values[to + d] as number);
    return sum;
  }
}
