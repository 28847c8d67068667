import { byName } from '@rose/foundation';
import type { RecipeDescriptor } from '../attack/define-recipe.js';
import { a2tMlm } from './a2t-mlm.js';
import { a2t } from './a2t.js';
import { bae } from './bae.js';
import { bertAttack } from './bert-attack.js';
import { checkList } from './checklist.js';
import { clare } from './clare.js';
import { deepWordBug } from './deepwordbug.js';
import { geneticAttack } from './genetic.js';
import { improvedGeneticAttack } from './iga.js';
import { inputReduction } from './input-reduction.js';
import { pruthi } from './pruthi.js';
import { pso } from './pso.js';
import { pwws } from './pwws.js';
import { textBugger } from './textbugger.js';
import { textFooler } from './textfooler.js';
import { tfAdjusted } from './tf-adjusted.js';

/** All recipes by name, in the order of lists. */
export const recipes: ReadonlyMap<string, RecipeDescriptor> = byName<RecipeDescriptor>([
  textFooler,
  tfAdjusted,
  textBugger,
  pwws,
  deepWordBug,
  bae,
  bertAttack,
  clare,
  checkList,
  pruthi,
  inputReduction,
  a2t,
  a2tMlm,
  geneticAttack,
  improvedGeneticAttack,
  pso,
]);
