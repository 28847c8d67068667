import type { Component } from './component.js';
import type { Model, WordToken } from './model.js';

/** How much less an unknown character scores than the worst piece. */
const UNKNOWN_PENALTY = 10;

function piecesOf(component: Component): [string, number][] {
  return component.list('vocab').map((entry): [string, number] => {
    if (Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number')
      return [entry[0], entry[1]];
    return component.refuse(`${JSON.stringify(entry)} is no pair of piece and score`);
  });
}

/**
 * The pieces with the highest total score (Kudo 2018), by the Viterbi algorithm. Of equal totals the first that is found counts.
 * Unknown characters in a row are one token.
 *
 * The library does the same over a tree of maps, which takes 250 MB for the vocabulary of XLM-R.
 */
export function unigram(component: Component): Model {
  component.expect({ byte_fallback: false });
  const pieces = piecesOf(component);
  const unknown = component.count('unk_id');
  if (unknown >= pieces.length) component.refuse(`its unknown id ${unknown} is not in its vocabulary`);
  const vocabulary = new Map(pieces.map(([piece], id) => [piece, id]));
  const scores = Float64Array.from(pieces, ([, score]) => score);
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY;
  const longest = pieces.reduce((most, [piece]) => Math.max(most, piece.length), 0);

  function cut(word: string): WordToken[] {
    const best = new Float64Array(word.length + 1).fill(-Infinity);
    const last = new Int32Array(word.length + 1);
    const starts = new Int32Array(word.length + 1);
    best[0] = 0;
    let start = 0;
    for (const character of word) {
      const reached = best[start] ?? 0;
      const next = start + character.length;
      const offer = (end: number, score: number, id: number): void => {
        if (reached + score <= (best[end] ?? 0)) return;
        best[end] = reached + score;
        last[end] = id;
        starts[end] = start;
      };
      const end = Math.min(word.length, start + longest);
      for (let to = next; to <= end; to++) {
        const id = vocabulary.get(word.slice(start, to));
        if (id !== undefined) offer(to, scores[id] ?? 0, id);
      }
      if (!vocabulary.has(character)) offer(next, unknownScore, unknown);
      start = next;
    }
    return traced(last, starts, unknown);
  }
  return { vocabulary, cut };
}

/** Follows the best path back. */
function traced(last: Int32Array, starts: Int32Array, unknown: number): WordToken[] {
  const tokens: WordToken[] = [];
  let end = last.length - 1;
  while (end > 0) {
    const id = last[end] ?? unknown;
    const start = starts[end] ?? 0;
    const after = tokens.at(-1);
    if (id === unknown && after?.id === unknown) tokens[tokens.length - 1] = { ...after, start };
    else tokens.push({ id, start, end });
    end = start;
  }
  return tokens.reverse();
}
