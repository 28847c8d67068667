import type { RecipeDescriptor, ResourceRole } from '@rose/attacks';
import type { Idleness } from '../settings/idle-setting.js';
import { idleRecipeSettings } from './idle-recipe-settings.js';
import { type AttackSection, asks } from '../recipes/open-recipe.js';

export interface AttacksInUse {
  /** The recipes that attack. */
  readonly attacks: readonly RecipeDescriptor[];
  /** All recipes that there are. */
  readonly recipes: ReadonlyMap<string, RecipeDescriptor>;
  /** With every default filled in. */
  readonly section: AttackSection;
}

/** For the path of a setting below `attack`: why none of the attacks has use for it; undefined where one has. */
export function attackSettingsInUse({ attacks, recipes, section }: AttacksInUse) {
  const needing = (role: ResourceRole): Idleness | undefined => {
    if (attacks.some((recipe) => asks(recipe, role))) return undefined;
    const servants = [...recipes.values()].filter((recipe) => asks(recipe, role)).map(({ name }) => name);
    const why =
      attacks.length === 0
        ? 'no suite is an attack'
        : `no attack asks for it (${attacks.map(({ name }) => name).join(', ')})`;
    return { why, servants };
  };

  const ofRecipe = (name: string, key: string | undefined): Idleness | undefined => {
    const attack = attacks.find((recipe) => recipe.name === name);
    if (!attack) return { why: `the recipe '${name}' is not in use`, servants: [name] };
    if (key === undefined || !idleRecipeSettings(attack, section).includes(key)) return undefined;
    return { why: `'${name}' goes without it beside these resources and settings`, servants: [] };
  };

  return ([key, recipe, setting]: readonly string[]): Idleness | undefined => {
    switch (key) {
      case 'recipes':
        return recipe === undefined ? undefined : ofRecipe(recipe, setting);
      case 'synonyms':
        return needing('synonyms');
      case 'counterFitted':
        return section.synonyms === 'counter-fitted'
          ? needing('synonyms')
          : { why: 'synonyms come from WordNet', servants: ['attack.synonyms: counter-fitted'] };
      case 'similarity':
        return needing('sentenceEncoder');
      case 'maskedLanguageModel':
        return needing('maskedLanguageModel');
      default:
        return attacks.length > 0 ? undefined : { why: 'no suite is an attack', servants: [...recipes.keys()] };
    }
  };
}
