import type { RecipeDescriptor, RecipeResources, SynonymSource } from '@rose/attacks';
import { type AttackSection, hasVectors } from '../recipes/open-recipe.js';

/**
 * The settings of a recipe that act on nothing beside these resources and settings: the smallest cosine of two words where
 * the source of synonyms has none. The recipe itself says so; nothing is opened to ask it.
 *
 * @throws InputError for settings that the recipe refuses
 */
export function idleRecipeSettings(recipe: RecipeDescriptor, section: AttackSection): readonly string[] {
  const given = section.recipes?.[recipe.name] ?? {};
  const { settings } = recipe.create(standIns(section), given).describe();
  return Object.keys(given).filter((name) => !Object.hasOwn(settings, name));
}

const named = { name: 'stand-in', version: '', hash: '' };
const nobody = () => {
  throw new Error('A stand-in was asked to work.');
};

/** What a recipe sees of its resources while it is put together. */
const standIns = (section: AttackSection): RecipeResources => ({
  synonyms: hasVectors(section) ? withVectors : { ...named, candidates: nobody },
  partOfSpeech: { ...named, tags: nobody },
  maskedLanguageModel: { ...named, fill: nobody, reconstruct: nobody },
  ...(section.similarity !== 'none' && { sentenceEncoder: { ...named, embed: nobody } }),
});

const withVectors: SynonymSource = { ...named, candidates: nobody, cosine: nobody, squaredDistance: nobody };
