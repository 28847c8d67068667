import { sha256, sha256OfFile } from '@rose/foundation';

/** SHA-256 (hex) over roles (`train`, `dev` …) and contents of files. Their paths do not count, so a folder may move. */
export async function fingerprintFiles(files: readonly (readonly [role: string, path: string])[]): Promise<string> {
  const lines: string[] = [];
  for (const [role, path] of files) lines.push(`${role} ${await sha256OfFile(path)}\n`);
  return sha256(lines.join(''));
}
