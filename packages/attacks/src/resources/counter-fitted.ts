import { readFile } from 'node:fs/promises';
import { InputError, sha256 } from '@rose/foundation';
import type { SynonymSource } from './synonym-source.js';

/** What is wrong with the lists. Its option is the loader's `file`. */
const listError = (message: string, where: string, cause?: unknown) =>
  new InputError(message, {
    where,
    option: 'file',
    hint: 'Give a JSON file of lists, nearest neighbours first: {"word": ["neighbour", …], …}.',
    cause,
  });

function parseNeighbours(json: string, file: string): ReadonlyMap<string, readonly string[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw listError('The neighbour lists are not JSON.', file, cause);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw listError('The neighbour lists are not an object.', file);
  }
  // A Map: words such as "constructor" must not meet what every object inherits.
  return new Map(
    Object.entries(parsed).map(([word, neighbours]: [string, unknown]) => {
      if (!Array.isArray(neighbours) || !neighbours.every((neighbour) => typeof neighbour === 'string')) {
        throw listError(`The neighbours of "${word}" are not a list of words.`, file);
      }
      return [word, neighbours as string[]];
    }),
  );
}

/**
 * Nearest neighbours in counter-fitted vectors (Mrkšić et al. 2016) from a JSON file of lists, nearest first.
 * The lists carry no cosines, so the word-embedding constraint cannot be applied to them.
 *
 * @throws InputError when the file is missing, or is not an object of lists of words.
 */
export async function loadCounterFittedNeighbours(file: string): Promise<SynonymSource> {
  const json = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw listError('The counter-fitted neighbour lists cannot be read.', file, cause);
  });
  const neighbours = parseNeighbours(json, file);
  const longest = [...neighbours.values()].reduce((most, list) => Math.max(most, list.length), 0);
  return {
    name: 'counter-fitted',
    version: `lists-of-${longest}`,
    hash: sha256(json),
    notes: [
      `at most ${longest} counter-fitted neighbours a word, from lists without cosines, in place of 50 from the vectors`,
    ],
    candidates: (word) => neighbours.get(word)?.filter((neighbour) => neighbour !== word) ?? [],
  };
}
