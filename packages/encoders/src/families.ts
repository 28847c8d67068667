import { byName } from '@rose/foundation';
import { bert } from './bert/bert.js';
import type { Family } from './model/family.js';
import { useLite } from './use-lite/use-lite.js';

/** All families of encoders by name. To add one, call `defineFamily` in a file of its own and list it here. */
export const families: ReadonlyMap<string, Family> = byName([bert, useLite]);
