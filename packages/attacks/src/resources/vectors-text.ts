import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { InputError } from '@rose/foundation';
import type { VectorTable } from './word-vectors.js';

/** What is wrong with the vectors. Its option is the loader's `file`. */
const vectorError = (message: string, where: string, cause?: unknown) =>
  new InputError(message, {
    where,
    option: 'file',
    hint: 'Give a text file with a word and its numbers on each line, separated by blanks, as many numbers on each.',
    cause,
  });

/** The lines of a file, whole, and the SHA-256 of its bytes once all have been read. */
async function* linesOf(file: string, hash: { update(chunk: Buffer): unknown }): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) {
    hash.update(chunk as Buffer);
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function parseLine(line: string, where: string): { word: string; vector: Float32Array } {
  const [word = '', ...numbers] = line.trimEnd().split(' ');
  const vector = Float32Array.from(numbers, Number);
  if (word !== '' && vector.length > 0 && vector.every(Number.isFinite)) return { word, vector };
  throw vectorError('This is not a word with its vector.', where);
}

/**
 * Reads word vectors from text, a word and its numbers on each line (counter-fitted vectors, GloVe …). The first of equal
 * words counts. Some 65,713 × 300 numbers take a few seconds: see `loadVectorTable` for a packed copy.
 *
 * @returns the table, and the SHA-256 (hex) of the file
 * @throws InputError, with its line, for what is not a word with as many numbers as the first has, and where there is none
 */
export async function readVectorsText(file: string): Promise<{ table: VectorTable; hash: string }> {
  const hash = createHash('sha256');
  const vectors = new Map<string, Float32Array>();
  let dimensions = 0;
  let line = 0;
  try {
    for await (const text of linesOf(file, hash)) {
      const where = `${file}, line ${++line}`;
      const { word, vector } = parseLine(text, where);
      dimensions ||= vector.length;
      if (vector.length !== dimensions) {
        throw vectorError(
          `The vector of "${word}" has ${vector.length} numbers, those before have ${dimensions}.`,
          where,
        );
      }
      if (!vectors.has(word)) vectors.set(word, vector);
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw vectorError('The word vectors cannot be read.', file, cause);
  }
  if (vectors.size === 0) throw vectorError('There are no word vectors in the file.', file);
  const values = new Float32Array(vectors.size * dimensions);
  [...vectors.values()].forEach((vector, row) => values.set(vector, row * dimensions));
  return { table: { words: [...vectors.keys()], dimensions, values }, hash: hash.digest('hex') };
}
