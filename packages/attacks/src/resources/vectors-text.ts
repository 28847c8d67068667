import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { InputError } from '@rose/foundation';
import type { VectorTable } from './word-vectors.js';

const hint = 'expected are lines of a word and its numbers, parted by blanks, the same number of numbers on each';

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

function parseLine(line: string, where: { file: string; line: number }): { word: string; vector: Float32Array } {
  const [word = '', ...numbers] = line.trimEnd().split(' ');
  const vector = Float32Array.from(numbers, Number);
  if (word !== '' && vector.length > 0 && vector.every(Number.isFinite)) return { word, vector };
  throw new InputError('This is no word with its vector.', { where: `${where.file}, line ${where.line}`, hint });
}

/**
 * Reads word vectors from text, a word and its numbers on each line (counter-fitted vectors, GloVe …). The first of equal
 * words counts. Some 65,713 × 300 numbers take a few seconds: see `loadVectorTable` for a packed copy.
 *
 * @returns the table, and the SHA-256 (hex) of the file
 * @throws InputError with the line that is no word with a vector of the same length as the first, or when there is none.
 */
export async function readVectorsText(file: string): Promise<{ table: VectorTable; hash: string }> {
  const hash = createHash('sha256');
  const vectors = new Map<string, Float32Array>();
  let dimensions = 0;
  let line = 0;
  try {
    for await (const text of linesOf(file, hash)) {
      line++;
      const { word, vector } = parseLine(text, { file, line });
      dimensions ||= vector.length;
      if (vector.length !== dimensions) {
        throw new InputError(`The vector of "${word}" has ${vector.length} numbers, those before have ${dimensions}.`, {
          where: `${file}, line ${line}`,
          hint,
        });
      }
      if (!vectors.has(word)) vectors.set(word, vector);
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError('The word vectors cannot be read.', { where: file, hint, cause });
  }
  if (vectors.size === 0) throw new InputError('There are no word vectors in the file.', { where: file, hint });
  const values = new Float32Array(vectors.size * dimensions);
  [...vectors.values()].forEach((vector, row) => values.set(vector, row * dimensions));
  return { table: { words: [...vectors.keys()], dimensions, values }, hash: hash.digest('hex') };
}
