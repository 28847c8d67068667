import { readFile, writeFile } from 'node:fs/promises';

/** A tensor as the header of a safetensors file has it. */
export interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** The parts of a safetensors file, to be spoilt. */
export interface SafetensorsParts {
  header: Record<string, HeaderEntry>;
  data: Buffer;
}

export async function readParts(path: string): Promise<SafetensorsParts> {
  const file = await readFile(path);
  const end = 8 + Number(file.readBigUInt64LE());
  return {
    header: JSON.parse(file.toString('utf8', 8, end)) as SafetensorsParts['header'],
    data: file.subarray(end),
  };
}

/** Writes any header over any data; nothing is checked. */
export async function writeParts(path: string, header: string | Buffer | object, data: Buffer): Promise<void> {
  const text =
    typeof header === 'string' || Buffer.isBuffer(header) ? Buffer.from(header) : Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  await writeFile(path, Buffer.concat([size, text, data]));
}
