import { byName } from '@rose/foundation';
import { bert } from './bert/bert.js';
import type { Family } from './family.js';
import { useLite } from './use-lite/use-lite.js';

/** All families of encoders by name. A new family is a call of `defineFamily` in a file of its own, and its name here. */
export const families: ReadonlyMap<string, Family> = byName([bert, useLite]);
