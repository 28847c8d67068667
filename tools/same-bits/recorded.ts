import { readFileSync, writeFileSync } from 'node:fs';
import type { Bits } from './measure-bits.js';

export const recordedFile = new URL('recorded.json', import.meta.url);

/** What the code gave when it was last recorded. */
export const readRecorded = (): Bits => JSON.parse(readFileSync(recordedFile, 'utf8')) as Bits;

export const writeRecorded = (bits: Bits): void => writeFileSync(recordedFile, `${JSON.stringify(bits, null, 2)}\n`);
