import { cpSync, mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A folder of the running test's own, removed when it has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rose-glue-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Writes a file in a temporary folder and returns its path. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

export const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** A hub folder whose only file is the dev split of sst2, made from a fixture. */
export function hubWithDev(fixtureName: string): string {
  const hub = temporaryFolder();
  const path = join(hub, 'datasets/nyu-mll/glue/sst2/validation-00000-of-00001.parquet');
  mkdirSync(dirname(path), { recursive: true });
  cpSync(fixture(fixtureName), path);
  return hub;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
