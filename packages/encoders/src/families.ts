import { BERT } from './bert/parameter-specs.js';
import { loadBert } from './bert/load-bert.js';
import type { FamilyLoader } from './family.js';
import { loadUseLiteFolder } from './use-lite/load-use-lite.js';
import { USE_LITE } from './use-lite/architecture.js';

/** Who reads a folder, by the `model_type` of its config.json. A new family is a new room and a line here. */
export const families: ReadonlyMap<string, FamilyLoader> = new Map([
  [BERT, loadBert],
  [USE_LITE, loadUseLiteFolder],
]);
