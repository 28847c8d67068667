/** More than any code point: node · CODE_POINTS + code point is a unique key. */
const CODE_POINTS = 0x110000;

/** A trie over code points. Nodes are numbers: a map leads from a node and a code point to the next node. */
export class PieceTrie {
  private readonly edges = new Map<number, number>();
  private readonly ends: number[] = [NO_PIECE];

  /** Adds a piece. If it is there already, the new id replaces the old one. */
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

  /** The next node, or undefined if no piece continues with this code point. */
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
