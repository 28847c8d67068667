import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** SHA-256 of bytes or of text in UTF-8, in hexadecimal digits. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** SHA-256 of a file, read as a stream, in hexadecimal digits. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** JSON with sorted keys, so that equal values give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** The digits of a hash that identify a run, a file or a setting: 64 bits. */
const DIGITS = 16;

/** The first 16 digits of SHA-256 over the canonical JSON of a value. */
export const contentHash = (value: unknown): string => sha256(canonical(value)).slice(0, DIGITS);

/** The first 16 digits of a file's SHA-256. */
export const fileHash = async (file: string): Promise<string> => (await sha256OfFile(file)).slice(0, DIGITS);
