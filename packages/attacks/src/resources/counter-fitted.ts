import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InputError } from '@rose/foundation';
import type { SynonymSource } from './synonym-source.js';

const hint = 'expected is {"word": ["neighbour", …], …}, nearest neighbours first';

function parseNeighbours(json: string, file: string): ReadonlyMap<string, readonly string[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw new InputError('The neighbour lists are not JSON.', { where: file, hint, cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new InputError('The neighbour lists are not an object.', { where: file, hint });
  }
  // A Map: words such as "constructor" must not meet what every object inherits.
  return new Map(
    Object.entries(parsed).map(([word, neighbours]: [string, unknown]) => {
      if (!Array.isArray(neighbours) || !neighbours.every((neighbour) => typeof neighbour === 'string')) {
        throw new InputError(`The neighbours of "${word}" are not a list of words.`, { where: file, hint });
      }
      return [word, neighbours as string[]];
    }),
  );
}

/**
 * Nearest neighbours in counter-fitted vectors (Mrkšić et al. 2016) from a JSON file of lists, nearest first.
 * The lists carry no cosines, so the word-embedding constraint cannot be applied to them.
 *
 * @throws InputError when the file is missing or is no object of lists of words.
 */
export async function loadCounterFittedNeighbours(file: string): Promise<SynonymSource> {
  const json = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError('The counter-fitted neighbour lists cannot be read.', { where: file, hint, cause });
  });
  const neighbours = parseNeighbours(json, file);
  const longest = [...neighbours.values()].reduce((most, list) => Math.max(most, list.length), 0);
  const hash = createHash('sha256').update(json).digest('hex');
  return {
    name: 'counter-fitted',
    version: `lists-of-${longest}`,
    hash,
    notes: [
      `at most ${longest} counter-fitted neighbours a word, from lists without cosines, in place of 50 from the vectors`,
    ],
    candidates: (word) => neighbours.get(word)?.filter((neighbour) => neighbour !== word) ?? [],
  };
}
