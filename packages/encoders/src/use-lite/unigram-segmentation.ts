import { NO_PIECE, PieceTrie, ROOT } from './piece-trie.js';

/** A piece of the vocabulary and its log probability. Seven published pieces, those with a colon, have none. */
export type ScoredPiece = readonly [piece: string, score: number | null];

/** The id of the unknown piece. It stands for a run of characters that no piece starts with. */
export const UNKNOWN = 0;

/** How many pieces at the start of the vocabulary are control symbols, which no text contains. */
const RESERVED = 6;

const WORD_START = '\u2581';

/** NFKC, spaces as ▁, and one ▁ in front. */
function normalised(text: string): string {
  const composed = text.normalize('NFKC');
  return composed === '' ? '' : WORD_START + composed.replaceAll(' ', WORD_START);
}

/**
 * Splits text into the pieces with the highest total log probability (Kudo 2018), by the Viterbi algorithm.
 *
 * It gives what the tokenizer of the published weights gives. That includes three oddities. A character that no piece starts
 * with scores 0, which is better than any piece. A piece without a score scores 0 too. A position that no path reaches counts
 * as reached with score 0.
 */
export class UnigramSegmentation {
  private readonly trie = new PieceTrie();
  /** Code points of each piece. */
  private readonly lengths: Int32Array;
  private readonly scores: Float64Array;

  constructor(vocabulary: readonly ScoredPiece[]) {
    this.lengths = Int32Array.from(vocabulary, ([piece]) => [...piece].length);
    this.scores = Float64Array.from(vocabulary, ([, score]) => score ?? 0);
    vocabulary.forEach(([piece], id) => {
      if (id >= RESERVED) this.trie.insert(piece, id);
    });
  }

  /** The ids of a text's pieces; none for an empty text. The time is linear in the length of the text. */
  segment(text: string): number[] {
    const points = Uint32Array.from(normalised(text), (symbol) => symbol.codePointAt(0) ?? 0);
    const best = new Float64Array(points.length + 1);
    /** The last piece of the best path to each position. */
    const pieces = new Int32Array(points.length + 1).fill(UNKNOWN);
    const offer = (end: number, score: number, piece: number) => {
      const known = best[end] ?? 0;
      if (known === 0 || score >= known) {
        best[end] = score;
        pieces[end] = piece;
      }
    };
    for (let start = 0; start < points.length; start++) this.offerPiecesFrom(points, start, best[start] ?? 0, offer);
    return this.trace(pieces);
  }

  private offerPiecesFrom(
    points: Uint32Array,
    start: number,
    reached: number,
    offer: (end: number, score: number, piece: number) => void,
  ): void {
    let found = false;
    let node: number | undefined = ROOT;
    for (let end = start; end < points.length; end++) {
      node = this.trie.step(node, points[end] ?? 0);
      if (node === undefined) break;
      const piece = this.trie.pieceAt(node);
      if (piece === NO_PIECE) continue;
      found = true;
      offer(end + 1, reached + (this.scores[piece] ?? 0), piece);
    }
    if (!found) offer(start + 1, reached, UNKNOWN);
  }

  /** Follows the best path back. A run of unknown characters becomes one unknown piece. */
  private trace(pieces: Int32Array): number[] {
    const backwards: number[] = [];
    let end = pieces.length - 1;
    while (end > 0) {
      const piece = pieces[end] ?? UNKNOWN;
      if (piece !== UNKNOWN || backwards.at(-1) !== UNKNOWN) backwards.push(piece);
      end -= this.lengths[piece] ?? 1;
    }
    return backwards.reverse();
  }
}
