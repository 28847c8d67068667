/** More than any code point, so that a node and a code point make one key. */
const CODE_POINTS = 0x110000;

/** A trie over code points whose nodes are numbers: a Map from (node, code point) to node, and what ends at each node. */
export class PieceTrie {
  private readonly edges = new Map<number, number>();
  private readonly ends: number[] = [NO_PIECE];

  /** Puts a piece in; of two equal pieces the later one stays. */
  insert(piece: string, id: number): void {
    let node = ROOT;
    for (const symbol of piece) {
      const key = node * CODE_POINTS + codeOf(symbol);
      const next = this.edges.get(key) ?? this.ends.push(NO_PIECE) - 1;
      this.edges.set(key, next);
      node = next;
    }
    this.ends[node] = id;
  }

  /** The node behind an edge, or undefined where no piece goes on. */
  step(node: number, codePoint: number): number | undefined {
    return this.edges.get(node * CODE_POINTS + codePoint);
  }

  /** The id of the piece that ends at a node, or `NO_PIECE`. */
  pieceAt(node: number): number {
    return this.ends[node] ?? NO_PIECE;
  }
}

export const ROOT = 0;
export const NO_PIECE = -1;

const codeOf = (symbol: string): number => symbol.codePointAt(0) ?? 0;
