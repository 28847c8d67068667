import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { AttackedText } from '../text/attacked-text.js';
import { contractions } from '../resources/contractions.js';
import { nameLists } from '../resources/name-lists.js';
import { changeLocation, changePersonName } from './change-name.js';
import { changeNumber } from './change-number.js';
import { composite } from './composite.js';
import { contractPairs, extendContractions } from './contractions.js';
import { numberOfWord, wordOfNumber } from './number-words.js';
import type { Transformation } from './transformation.js';
import { wordDeletion } from './word-deletion.js';

async function changed(transformation: Transformation, text: string, index: number, seed = 1): Promise<string[]> {
  const texts = await transformation.candidates(AttackedText.of([text]), index, RandomStream.of(seed));
  return texts.map(({ columns }) => columns.join());
}

describe('contractions', () => {
  it('are written out, the first letter as it was', async () => {
    expect(await changed(extendContractions, "Isn't it (can't be)?", 0)).toEqual(["Is not it (can't be)?"]);
    expect(await changed(extendContractions, "Isn't it (can't be)?", 2)).toEqual(["Isn't it (can not be)?"]);
    expect(await changed(extendContractions, "so I'm", 1)).toEqual(['so I am']);
    expect(await changed(extendContractions, "John's", 0)).toEqual([]);
  });

  it('are made of a word and the next', async () => {
    expect(await changed(contractPairs, 'this is not it', 1)).toEqual(["this isn't it"]);
    expect(await changed(contractPairs, 'I am', 0)).toEqual(["I'm"]);
    expect(await changed(contractPairs, 'is, not', 0)).toEqual([]);
    expect(await changed(contractPairs, 'is', 0)).toEqual([]);
  });

  it('come back from what they stand for', async () => {
    expect(new Set(contractions.values()).size).toBe(contractions.size);
    for (const [short, long] of contractions) expect(await changed(contractPairs, long, 0)).toHaveLength(short ? 1 : 0);
  });

  it('do not reach over to the other column', async () => {
    const pair = AttackedText.of(['it is', 'not so']);
    expect(await contractPairs.candidates(pair, 1, RandomStream.of(1))).toEqual([]);
  });
});

describe('numbers', () => {
  it('have words up to 99', () => {
    expect([0, 13, 20, 42, 99, 100].map(wordOfNumber)).toEqual([
      'zero',
      'thirteen',
      'twenty',
      'forty-two',
      'ninety-nine',
      '100',
    ]);
    expect(Array.from({ length: 100 }, (_, n) => numberOfWord(wordOfNumber(n)))).toEqual([...Array(100).keys()]);
  });

  it('become others from 1 to twice as much, in digits or words', async () => {
    const digits = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      for (const text of await changed(changeNumber(3), 'rated 3 stars', 1, seed)) digits.add(text);
    }
    expect([...digits].sort()).toEqual(['1', '2', '4', '5', '6'].map((n) => `rated ${n} stars`));
    const words = await changed(changeNumber(3), 'Twenty-one guns', 0);
    expect(words.length).toBeGreaterThan(0);
    for (const text of words) expect(text).toMatch(/^[A-Z][a-z]+(-[a-z]+)? guns$/);
  });

  it('stay where they may be something else', async () => {
    for (const text of ['0', '2', 'four', '1234567890', '3a', 'none'])
      expect(await changed(changeNumber(3), text, 0)).toEqual([]);
  });
});

describe('names', () => {
  it('become others from the same list', async () => {
    const found = await changed(changePersonName(3), 'Mary saw it.', 0);
    expect(found).toHaveLength(3);
    const women = nameLists.get('woman') ?? [];
    for (const text of found) expect(women).toContain(text.split(' ')[0]);
    expect(found).not.toContain('Mary saw it.');
  });

  it('may be several words, of which one is put back', async () => {
    const cities = (nameLists.get('city') ?? []).filter((name) => name !== 'New York');
    const found = await changed(changeLocation(3), 'in New York, mostly', 1);
    expect(found).toHaveLength(3);
    for (const text of found) expect(cities).toContain(/^in (.*), mostly$/.exec(text)?.[1]);
  });

  it('are known in their own case only, and whole', async () => {
    for (const text of ['mary', 'MARY', 'Maryland', 'York']) {
      expect(await changed(composite([changePersonName(3), changeLocation(3)]), text, 0)).toEqual([]);
    }
  });

  it('are on their list once', () => {
    for (const [kind, names] of nameLists) expect(new Set(names).size, kind).toBe(names.length);
  });
});

describe('other transformations', () => {
  it('delete a word, but not the last one', async () => {
    expect(await changed(wordDeletion, 'a b', 1)).toEqual(['a']);
    expect(await changed(wordDeletion, 'a', 0)).toEqual([]);
  });

  it('make each text once, and draw in the order of the list', async () => {
    const draws: string[] = [];
    const drawing = (name: string): Transformation => ({
      name,
      candidates: (current, index, random) => {
        draws.push(`${name} ${random.below(1000)}`);
        return Promise.resolve().then(() => [current.replace(index, 'x')]);
      },
    });
    expect(await changed(composite([drawing('one'), drawing('two')]), 'a', 0)).toEqual(['x']);
    const random = RandomStream.of(1);
    expect(draws).toEqual([`one ${random.below(1000)}`, `two ${random.below(1000)}`]);
  });
});
