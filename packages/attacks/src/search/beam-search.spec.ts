import { describe, expect, it } from 'vitest';
import { writtenSpace } from '../testing/written-space.js';
import { beamSearch, greedySearch } from './beam-search.js';

const moves = { a: ['x', 'y'], b: ['z'] };

describe('beam search', () => {
  it('tries every word each round and keeps the best change, greedily', async () => {
    const { run, asked } = writtenSpace({ scores: { 'x b': 0.2, 'a z': 0.3, 'y z': 0.6 }, moves });
    expect(await run(greedySearch, 'a b')).toBe('y z');
    expect(asked).toEqual(['a z', 'x b', 'y b', 'x z', 'y z']);
  });

  it('goes on where no change is better than the text before', async () => {
    const { run } = writtenSpace({ scores: { 'x z': 0.7 }, moves });
    expect(await run(greedySearch, 'a b')).toBe('x z');
  });

  it('finds with two texts what one misses', async () => {
    // The best first step, "p b", leads nowhere; the second best does.
    const scores = { 'p b': 0.4, 'q b': 0.3, 'q z': 0.8 };
    const both = { a: ['p', 'q'], b: ['z'], q: [] };
    expect(await writtenSpace({ scores, moves: both }).run(greedySearch, 'a b')).toBe('p z');
    expect(await writtenSpace({ scores, moves: both }).run(beamSearch(2), 'a b')).toBe('q z');
  });

  it('ends at a success, at the budget, and where nothing is left to change', async () => {
    const success = writtenSpace({ scores: { 'y b': 0.9 }, moves });
    expect(await success.run(greedySearch, 'a b')).toBe('y b');
    expect(success.asked).toHaveLength(3);
    const short = writtenSpace({ scores: { 'x b': 0.2, 'x z': 0.9 }, moves, budget: 3 });
    expect(await short.run(greedySearch, 'a b')).toBe('x b');
    expect(await writtenSpace({ scores: {} }).run(greedySearch, 'a b')).toBe('a b');
  });
});
