import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@rose/testing';

export const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** A hub folder whose only file is the dev split of sst2, made from a fixture. */
export async function hubWithDev(fixtureName: string): Promise<string> {
  const hub = await temporaryFolder();
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
