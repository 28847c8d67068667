import { NO_PIECE, PieceTrie, ROOT } from './piece-trie.js';

/** A piece of the vocabulary and its log probability; the seven published pieces with a colon in them have none. */
export type ScoredPiece = readonly [piece: string, score: number | null];

/** The id of the unknown piece, which stands for any run of characters that no piece begins with. */
export const UNKNOWN = 0;

/** The first pieces are control symbols, which no text is made of. */
const RESERVED = 6;

const WORD_START = '\u2581';

/** NFKC, spaces as ▁, and one ▁ in front. */
function normalised(text: string): string {
  const composed = text.normalize('NFKC');
  return composed === '' ? '' : WORD_START + composed.replaceAll(' ', WORD_START);
}

/**
 * Cuts text into the pieces of the highest total log probability (Kudo 2018) by the Viterbi algorithm.
 *
 * The results are those of the tokenizer that the published weights come with, and so are three peculiarities: a character that
 * no piece begins with scores 0, better than any piece; so does a piece without a score; and a position that no path has reached
 * counts as reached with score 0.
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

  /** Ids of the pieces of a text; none for an empty text. Takes time in proportion to the text's length. */
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

  /** Follows the best path back; a run of unknown characters becomes one unknown piece. */
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
