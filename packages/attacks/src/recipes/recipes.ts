import { InputError } from '@rose/foundation';
import type { AttackRecipe } from '../attack-recipe.js';
import { a2t, a2tCard } from './a2t.js';
import { bae, baeCard } from './bae.js';
import { bertAttack, bertAttackCard } from './bert-attack.js';
import { checkList, checkListCard } from './checklist.js';
import { clare, clareCard } from './clare.js';
import { deepWordBug, deepWordBugCard } from './deepwordbug.js';
import { geneticAttack, geneticCard, improvedGeneticAttack, improvedGeneticCard } from './genetic.js';
import { inputReduction, inputReductionCard } from './input-reduction.js';
import { pruthi, pruthiCard } from './pruthi.js';
import { pso, psoCard } from './pso.js';
import { pwws, pwwsCard } from './pwws.js';
import type { RecipeCard, RecipeResources, ResourceRole } from './recipe-card.js';
import type { CommonOptions } from './recipe-options.js';
import { textBugger, textBuggerCard } from './textbugger.js';
import { textFooler, textFoolerCard } from './textfooler.js';
import { tfAdjusted, tfAdjustedCard } from './tf-adjusted.js';

/** A recipe as a list shows it, and the way to make it. */
export interface RecipeEntry extends RecipeCard {
  /**
   * The recipe with its defaults, wired to what is given; what it has no use for is left aside.
   *
   * @throws InputError when a resource that it needs is missing.
   */
  create(given: RecipeResources & CommonOptions): AttackRecipe;
}

const ROLES: Record<ResourceRole, string> = {
  synonyms: 'a source of synonyms',
  partOfSpeech: 'a part-of-speech tagger',
  sentenceEncoder: 'a sentence encoder',
  maskedLanguageModel: 'a masked language model',
  grammar: 'a grammar checker',
};

function entry<Needs extends ResourceRole>(
  card: RecipeCard<Needs>,
  create: (given: CommonOptions & RecipeResources & Required<Pick<RecipeResources, Needs>>) => AttackRecipe,
): RecipeEntry {
  const hasAll = (given: RecipeResources): given is RecipeResources & Required<Pick<RecipeResources, Needs>> =>
    card.needs.every((role) => given[role] !== undefined);
  return {
    ...card,
    create(given) {
      if (hasAll(given)) return create(given);
      const missing = card.needs.filter((role) => given[role] === undefined);
      throw new InputError(`${card.title} needs ${missing.map((role) => ROLES[role]).join(' and ')}.`, {
        where: missing.join(', '),
        hint: 'give one, or choose a recipe that does without',
      });
    },
  };
}

/** All recipes, by the name that commands know them by. */
export const recipes = {
  textfooler: entry(textFoolerCard, textFooler),
  tfadjusted: entry(tfAdjustedCard, tfAdjusted),
  textbugger: entry(textBuggerCard, textBugger),
  pwws: entry(pwwsCard, pwws),
  deepwordbug: entry(deepWordBugCard, deepWordBug),
  bae: entry(baeCard, bae),
  'bert-attack': entry(bertAttackCard, bertAttack),
  clare: entry(clareCard, clare),
  checklist: entry(checkListCard, checkList),
  pruthi: entry(pruthiCard, pruthi),
  'input-reduction': entry(inputReductionCard, inputReduction),
  a2t: entry(a2tCard, ({ synonyms, ...given }) => a2t({ words: { synonyms }, ...given })),
  genetic: entry(geneticCard, geneticAttack),
  iga: entry(improvedGeneticCard, improvedGeneticAttack),
  pso: entry(psoCard, pso),
} as const satisfies Record<string, RecipeEntry>;

export type RecipeName = keyof typeof recipes;
