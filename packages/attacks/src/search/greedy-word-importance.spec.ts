import { describe, expect, it } from 'vitest';
import { writtenSpace } from '../testing/written-space.js';
import { greedyByDeletion, greedyByImportance } from './greedy-word-importance.js';
import { atRandom, byUnknownToken } from './word-importance.js';

describe('greedy search by word importance', () => {
  it('ranks once by deletion, equals by position, and walks in that order', async () => {
    const moves = { a: ['A'], b: ['B'], c: ['C'], d: ['D'] };
    const { run, asked } = writtenSpace({ scores: { 'a b d': 0.3 }, moves });
    expect(await run(greedyByDeletion, 'a b c d')).toBe('a b c d');
    expect(asked).toEqual(['b c d', 'a c d', 'a b d', 'a b c', 'a b C d', 'A b c d', 'a B c d', 'a b c D']);
  });

  it('takes the best candidate of a word only if it beats the current score', async () => {
    const scores = { b: 0.4, 'x b': 0.2, 'y b': 0.3, 'y c': 0.3 };
    const { run } = writtenSpace({ scores, moves: { a: ['x', 'y'], b: ['c'] } });
    expect(await run(greedyByDeletion, 'a b')).toBe('y b');
  });

  it('ends at the first word that succeeds', async () => {
    const { run, asked } = writtenSpace({ scores: { b: 0.4, 'x b': 0.6 }, moves: { a: ['x'], b: ['y'] } });
    expect(await run(greedyByDeletion, 'a b')).toBe('x b');
    expect(asked).not.toContain('x y');
  });

  it('among successes takes the highest score, without similarities', async () => {
    const scores = { x: 0.6, y: 0.9, z: 0.9 };
    const { run } = writtenSpace({ scores, moves: { a: ['x', 'y', 'z'] } });
    expect(await run(greedyByDeletion, 'a')).toBe('y');
  });

  it('among successes takes the most similar, the better score where equal', async () => {
    const scores = { x: 0.6, y: 0.9, z: 0.7, f: 0.4 };
    const found = (x: number, z: number) => {
      const a = [['x', x] as const, ['y', 0.85] as const, ['z', z] as const, ['f', 1] as const];
      return writtenSpace({ scores, moves: { a } }).run(greedyByDeletion, 'a');
    };
    expect(await found(0.95, 0.9)).toBe('x');
    expect(await found(0.9, 0.9)).toBe('z');
    expect(await found(0.85, 0.85)).toBe('y');
  });

  it('follows words that insertions have moved, and leaves out those that are gone', async () => {
    // "b" is ranked first and split; "c", last, is then word 3.
    const scores = { 'a UNK c': 0.4, 'UNK b c': 0.3, 'a b UNK': 0.2, 'a x y c': 0.2, 'A x y c': 0.3, 'A x y z': 0.4 };
    const swapped = (text: string) => scores[text.replace('[UNK]', 'UNK') as keyof typeof scores] ?? 0;
    const { run, asked } = writtenSpace({ scores: swapped, moves: { a: ['A'], b: ['x y'], c: ['z'] } });
    expect(await run(greedyByImportance(byUnknownToken), 'a b c')).toBe('A x y z');
    expect(asked.slice(3)).toEqual(['a x y c', 'A x y c', 'A x y z']);
  });

  it('ranks at random by the seed alone, without a query', async () => {
    const moves = Object.fromEntries([...'abcdefgh'].map((word) => [word, [word.toUpperCase()]]));
    const orderOf = async (seed: number) => {
      const { run, asked } = writtenSpace({ scores: {}, moves, seed });
      await run(greedyByImportance(atRandom), 'a b c d e f g h');
      return asked.map((text) => /[A-Z]/.exec(text)?.[0]).join('');
    };
    const order = await orderOf(1);
    expect(order).toHaveLength(8);
    expect(await orderOf(1)).toBe(order);
    expect(await orderOf(2)).not.toBe(order);
  });
});
