import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A committed file that Python wrote (`tools/goldens/`). */
export const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

export const readJsonFixture = <T>(name: string): T => JSON.parse(readFileSync(fixture(name), 'utf8')) as T;

/** Where `tools/fetch-minilm.sh` puts the real model; its tests are skipped while it is missing. */
export const MINILM_FOLDER = fileURLToPath(new URL('../../../../.cache/all-MiniLM-L6-v2', import.meta.url));
