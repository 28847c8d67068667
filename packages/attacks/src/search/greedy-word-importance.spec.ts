import { describe, expect, it } from 'vitest';
import { AttackedText } from '../attacked-text.js';
import type { Candidate } from '../constraints/constraint.js';
import { greedyByDeletion } from './greedy-word-importance.js';
import type { Scored, SearchSpace } from './search-method.js';

/** A space whose scores are written down: text → score; a score above ½ is success unless the text is in `misses`. */
function writtenSpace(scores: Record<string, number>, moves: Record<string, readonly [string, number?][]>) {
  const asked: string[] = [];
  const space: SearchSpace = {
    exhausted: false,
    attackable: (text) => text.words.map((_, index) => index),
    neighbours: (current, index) =>
      Promise.resolve(
        (moves[current.word(index).text] ?? []).map(([word, similarity]) => ({
          text: current.replace(index, word),
          index,
          ...(similarity !== undefined && { similarity }),
        })),
      ),
    evaluate: (items) =>
      Promise.resolve(
        items.map((item) => {
          const text = item.text.columns.join();
          asked.push(text);
          const score = scores[text] ?? 0;
          return { item, score, reached: score > 0.5, probabilities: [1 - score, score] };
        }),
      ),
  };
  const run = async (text: string) => {
    const item: Candidate = { text: AttackedText.of([text]), index: -1 };
    const start: Scored = { item, score: 0.1, reached: false, probabilities: [0.9, 0.1] };
    return (await greedyByDeletion.search(start, space)).item.text.columns.join();
  };
  return { run, asked };
}

describe('greedy search by word importance', () => {
  it('ranks once by deletion, equals by position, and walks in that order', async () => {
    const { run, asked } = writtenSpace({ 'a b d': 0.3 }, { a: [['A']], b: [['B']], c: [['C']], d: [['D']] });
    expect(await run('a b c d')).toBe('a b c d');
    expect(asked).toEqual(['b c d', 'a c d', 'a b d', 'a b c', 'a b C d', 'A b c d', 'a B c d', 'a b c D']);
  });

  it('takes the best candidate of a word only if it beats the current score', async () => {
    const scores = { b: 0.4, 'x b': 0.2, 'y b': 0.3, 'y c': 0.3 };
    expect(await writtenSpace(scores, { a: [['x'], ['y']], b: [['c']] }).run('a b')).toBe('y b');
  });

  it('ends at the first word that succeeds', async () => {
    const { run, asked } = writtenSpace({ b: 0.4, 'x b': 0.6 }, { a: [['x']], b: [['y']] });
    expect(await run('a b')).toBe('x b');
    expect(asked).not.toContain('x y');
  });

  it('among successes takes the highest score, without similarities', async () => {
    const scores = { x: 0.6, y: 0.9, z: 0.9 };
    expect(await writtenSpace(scores, { a: [['x'], ['y'], ['z']] }).run('a')).toBe('y');
  });

  it('among successes takes the most similar, the better score where equal', async () => {
    const scores = { x: 0.6, y: 0.9, z: 0.7, f: 0.4 };
    const moves = (x: number, z: number): Record<string, [string, number][]> => ({
      a: [
        ['x', x],
        ['y', 0.85],
        ['z', z],
        ['f', 1],
      ],
    });
    expect(await writtenSpace(scores, moves(0.95, 0.9)).run('a')).toBe('x');
    expect(await writtenSpace(scores, moves(0.9, 0.9)).run('a')).toBe('z');
    expect(await writtenSpace(scores, moves(0.85, 0.85)).run('a')).toBe('y');
  });
});
