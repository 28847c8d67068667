import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import type { SearchMethod } from './search-method.js';
import { writtenSpace } from '../testing/written-space.js';
import { geneticSearch, improvedGeneticSearch } from './genetic.js';
import { particleSwarm } from './particle-swarm.js';
import { drawIndex } from './population.js';

describe('drawing by weight', () => {
  it('is in proportion, and never draws what weighs nothing', () => {
    const random = RandomStream.of('weights');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const drawn = drawIndex([0, 1, 0, 3], random) ?? 0;
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(counts[0]).toBe(0);
    expect(counts[2]).toBe(0);
    // 1000 ± 5 standard deviations of 27.
    expect(Math.abs((counts[1] ?? 0) - 1000)).toBeLessThan(140);
  });

  it('draws nothing where all weigh nothing', () => {
    expect(drawIndex([0, 0], RandomStream.of(1))).toBeUndefined();
    expect(drawIndex([], RandomStream.of(1))).toBeUndefined();
  });
});

// Every capital adds to the score, and each word has one capital among three swaps: success needs four of six.
const text = 'a b c d e f';
const moves = Object.fromEntries(text.split(' ').map((word) => [word, [`${word}1`, word.toUpperCase(), `${word}2`]]));
const capitals = (found: string) => (found.match(/[A-Z]/g) ?? []).length;
const scores = (found: string) => 0.13 * capitals(found);

const searches: readonly (readonly [string, SearchMethod])[] = [
  ['genetic', geneticSearch({ population: 8, generations: 10 })],
  ['improved genetic', improvedGeneticSearch({ population: 8, generations: 10, changesPerWord: 5 })],
  ['particle swarm', particleSwarm({ particles: 8, rounds: 10 })],
];

describe.each(searches)('%s search', (_, search) => {
  it('finds a text that needs several words to change', async () => {
    expect(capitals(await writtenSpace({ scores, moves }).run(search, text))).toBeGreaterThanOrEqual(4);
  });

  it('depends on the seed alone', async () => {
    const trail = async (seed: number) => {
      const { run, asked } = writtenSpace({ scores, moves, seed });
      await run(search, text);
      return asked.join('|');
    };
    const first = await trail(1);
    expect(await trail(1)).toBe(first);
    expect(await trail(2)).not.toBe(first);
  });

  it('gives what is best when the budget ends, and asks no more', async () => {
    const { run, asked } = writtenSpace({ scores, moves, budget: 40 });
    const found = await run(search, text);
    expect(asked).toHaveLength(40);
    expect(capitals(found)).toBe(Math.max(...asked.map(capitals)));
  });

  it('never mixes texts against the constraints', async () => {
    const refuses = (candidate: { readonly columns: readonly string[] }) => capitals(candidate.columns.join()) > 2;
    const { run, asked } = writtenSpace({ scores, moves, refuses });
    expect(capitals(await run(search, text))).toBe(2);
    expect(Math.max(...asked.map(capitals))).toBe(2);
  });

  it('leaves alone what cannot be changed, without a query', async () => {
    for (const nothing of ['', 'no moves here']) {
      const { run, asked } = writtenSpace({ scores: () => 0 });
      expect(await run(search, nothing)).toBe(nothing);
      if (nothing === '') expect(asked).toEqual([]);
    }
  });
});

describe('the improved genetic search', () => {
  it('begins with the best swap of each word', async () => {
    const { run, asked } = writtenSpace({ scores, moves });
    await run(improvedGeneticSearch({ population: 8, generations: 10, changesPerWord: 5 }), text);
    expect(asked.slice(0, 4)).toEqual(['a1 b c d e f', 'A b c d e f', 'a2 b c d e f', 'a b1 c d e f']);
  });
});
