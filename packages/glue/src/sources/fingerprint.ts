import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** SHA-256 (hex) over what the files hold, each under its role (`train`, `dev` …) and not its path: a folder may move. */
export async function fingerprintFiles(files: readonly (readonly [role: string, path: string])[]): Promise<string> {
  const lines: string[] = [];
  for (const [role, path] of files) lines.push(`${role} ${await sha256(path)}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
