import { loadVectorTable } from './packed-vectors.js';
import type { SynonymSource } from './synonym-source.js';
import { WordVectors } from './word-vectors.js';

export interface CounterFittedVectorsOptions {
  /** Neighbours looked for, default 50. */
  readonly neighbours?: number;
  /** Where the packed copy is kept, default beside the file. */
  readonly packed?: string;
}

/**
 * Nearest neighbours, cosines and distances from word vectors in a text file, such as the counter-fitted ones
 * (`counter-fitted-vectors.txt`, Mrkšić et al. 2016: 65,713 words × 300). Parsed once, see `loadVectorTable`. Neighbours are
 * looked for when a word is first asked about (some 25 ms with 65,713 words) and remembered.
 *
 * @throws InputError when the file is missing or malformed.
 */
export async function loadCounterFittedVectors(
  file: string,
  { neighbours = 50, packed }: CounterFittedVectorsOptions = {},
): Promise<SynonymSource> {
  const { table, hash } = await loadVectorTable(file, packed);
  const vectors = new WordVectors(table);
  const known = new Map<string, readonly string[]>();
  return {
    name: 'counter-fitted-vectors',
    version: `${table.words.length}x${table.dimensions}`,
    hash,
    candidates(word) {
      const nearest = known.get(word) ?? vectors.nearest(word, neighbours);
      known.set(word, nearest);
      return nearest;
    },
    cosine: (a, b) => vectors.cosine(a, b),
    squaredDistance: (a, b) => vectors.squaredDistance(a, b),
  };
}
