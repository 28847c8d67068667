import { byName } from '@rose/foundation';
import type { Family } from '../model/family.js';
import { useLite } from '../use-lite/use-lite.js';
import { bert } from './bert.js';
import { debertaV2 } from './deberta-v2.js';
import { distilbert } from './distilbert.js';
import { electra } from './electra.js';
import { modernBert } from './modernbert.js';
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
  debertaV2,
  modernBert,
  useLite,
]);
