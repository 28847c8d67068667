import { byName } from '@rose/foundation';
import type { Family } from '../model/family.js';
import { useLite } from '../use-lite/use-lite.js';
import { bert } from './bert.js';
import { distilbert } from './distilbert.js';
import { electra } from './electra.js';
import { mpnet } from './mpnet.js';
import { roberta, xlmRoberta } from './roberta.js';

/** All families of encoders by name. To add one, call `defineFamily` in a file of its own and list it here. */
export const families: ReadonlyMap<string, Family> = byName([
  bert,
  roberta,
  xlmRoberta,
  distilbert,
  electra,
  mpnet,
  useLite,
]);
