import { readFile, stat, writeFile } from 'node:fs/promises';
import { writeAtomically } from '@rose/foundation';
import { readVectorsText } from './vectors-text.js';
import type { VectorTable } from './word-vectors.js';

/** What a packed file begins with, after four bytes that tell its length: JSON, filled up with blanks to a multiple of 4. */
interface Header {
  readonly format: 'rose-vectors-1';
  /** The text file that was packed, as it was then. */
  readonly source: { readonly bytes: number; readonly modified: number };
  readonly hash: string;
  readonly dimensions: number;
  readonly words: readonly string[];
}

const FORMAT: Header['format'] = 'rose-vectors-1';
const PREFIX = 4;

/** Four bytes of length, the header, the vectors as 32-bit floats of this machine. */
function pack(header: Header, values: Float32Array): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc(-json.length & 3, ' ')]);
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32LE(padded.length);
  return Buffer.concat([prefix, padded, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
}

const isHeader = (header: Partial<Header> | null): header is Header => header?.format === FORMAT;

/** Undefined where the file is broken or not ours; it is then packed again. */
function unpack(file: Buffer): { header: Header; values: Float32Array } | undefined {
  if (file.length < PREFIX) return undefined;
  const start = PREFIX + file.readUInt32LE();
  let header: Partial<Header> | null;
  try {
    header = JSON.parse(file.toString('utf8', PREFIX, start)) as Partial<Header> | null;
  } catch {
    return undefined;
  }
  if (!isHeader(header) || file.length !== start + 4 * header.words.length * header.dimensions) return undefined;
  // A view where the buffer allows one; small files lie anywhere in a shared buffer.
  const bytes = (file.byteOffset + start) % 4 === 0 ? file : Buffer.from(new Uint8Array(file).buffer);
  return { header, values: new Float32Array(bytes.buffer, bytes.byteOffset + start, (file.length - start) / 4) };
}

/**
 * A table of word vectors from a text file (see `readVectorsText`), kept beside it in packed form so that it is parsed only
 * once: `packed` tells where, default the file's name and ".packed". A text file of another size or date is parsed
 * again. A packed file that cannot be written is done without.
 *
 * @returns the table, and the SHA-256 (hex) of the text file
 * @throws InputError when the text file is missing or malformed.
 */
export async function loadVectorTable(
  file: string,
  packed = `${file}.packed`,
): Promise<{ table: VectorTable; hash: string }> {
  const source = await stat(file).then(
    ({ size, mtimeMs }) => ({ bytes: size, modified: mtimeMs }),
    () => undefined,
  );
  const known = source && (await readFile(packed).then(unpack, () => undefined));
  if (known?.header.source.bytes === source?.bytes && known?.header.source.modified === source?.modified && known) {
    const { words, dimensions, hash } = known.header;
    return { table: { words, dimensions, values: known.values }, hash };
  }
  const { table, hash } = await readVectorsText(file);
  if (source) {
    const { words, dimensions, values } = table;
    const bytes = pack({ format: FORMAT, source, hash, dimensions, words }, values);
    await writeAtomically(packed, (temporary) => writeFile(temporary, bytes)).catch(() => undefined);
  }
  return { table, hash };
}
