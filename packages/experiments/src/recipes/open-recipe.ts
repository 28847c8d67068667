import {
  type AttackRecipe,
  type RecipeDescriptor,
  type ResourceRole,
  type SynonymSource,
  loadCounterFittedNeighbours,
  loadCounterFittedVectors,
  loadWinkTagger,
  loadWordNet,
} from '@rose/attacks';
import { loadUseLiteSentenceEncoder, modelFingerprint } from '@rose/encoders';
import { InputError, fileHash, namesBelow, parseSettings, renamingOptions } from '@rose/foundation';
import { dataPath } from '@rose/glue';
import { isOfOurEncoders, openMaskedLanguageModel } from '@rose/victims';
import type { Experiment } from '../settings/schema.js';

/** The section `attack` of an experiment: what recipes draw on, and the settings of each. */
export type AttackSection = Omit<Experiment['attack'], 'examples'>;

/** Whether a recipe has use for a resource. */
export const asks = ({ needs, uses }: RecipeDescriptor, role: ResourceRole): boolean =>
  needs.includes(role) || uses.includes(role);

/** The settings of one recipe, with the names that they have in an experiment in its errors. */
function settingsOf(recipe: RecipeDescriptor, { recipes }: AttackSection): Readonly<Record<string, unknown>> {
  const given = recipes?.[recipe.name] ?? {};
  return inSection(recipe, () => parseSettings(recipe.settings, given, { of: recipe.name }));
}

const inSection = <T>({ name, settings }: RecipeDescriptor, use: () => T): T =>
  renamingOptions({ ...namesBelow(`attack.recipes.${name}`, settings), ...resourceKeys }, use);

/** The names that resources and their files have in an experiment. */
const resourceKeys = {
  counterFitted: 'attack.counterFitted',
  synonyms: 'attack.synonyms',
  sentenceEncoder: 'attack.similarity',
  maskedLanguageModel: 'attack.maskedLanguageModel',
};

/** @throws InputError for settings that the recipe refuses, and for resources that it needs and nobody named */
export function checkRecipe(recipe: RecipeDescriptor, section: AttackSection): void {
  settingsOf(recipe, section);
  if (asks(recipe, 'synonyms') && section.synonyms === 'counter-fitted') {
    renamingOptions(resourceKeys, () => dataPath('counterFitted', section.counterFitted));
  }
  if (recipe.needs.includes('maskedLanguageModel') && !section.maskedLanguageModel) {
    throw new InputError(`The recipe '${recipe.name}' needs a masked language model.`, {
      option: resourceKeys.maskedLanguageModel,
      hint: 'Set it to a folder with model.safetensors or ONNX files, or to a name on the hub such as Xenova/bert-base-uncased.',
    });
  }
}

export interface OpenRecipeOptions {
  readonly threads: number;
  /** Columns (0 or 1) that stay as they are. */
  readonly frozenColumns?: readonly number[];
}

/** A recipe wired to the resources that the settings name; only those are opened that it has a use for. */
export async function openRecipe(
  recipe: RecipeDescriptor,
  section: AttackSection,
  { threads, frozenColumns = [] }: OpenRecipeOptions,
): Promise<AttackRecipe> {
  const { similarity, maskedLanguageModel } = section;
  const given = {
    frozenColumns,
    ...(asks(recipe, 'synonyms') && { synonyms: await openSynonyms(section) }),
    ...(asks(recipe, 'partOfSpeech') && { partOfSpeech: await loadWinkTagger() }),
    ...(asks(recipe, 'sentenceEncoder') &&
      similarity === 'use-lite' && { sentenceEncoder: await loadUseLiteSentenceEncoder() }),
    ...(asks(recipe, 'maskedLanguageModel') &&
      maskedLanguageModel !== undefined && {
        maskedLanguageModel: await renamingOptions({ model: resourceKeys.maskedLanguageModel }, () =>
          openMaskedLanguageModel(maskedLanguageModel, { threads }),
        ),
      }),
  };
  return inSection(recipe, () => recipe.create(given, settingsOf(recipe, section)));
}

/** Whether the counter-fitted synonyms come with their vectors; lists of neighbours, the default, do not. */
export const hasVectors = ({ synonyms, counterFitted }: AttackSection): boolean =>
  synonyms === 'counter-fitted' && counterFitted !== undefined && !counterFitted.endsWith('.json');

async function openSynonyms(section: AttackSection): Promise<SynonymSource> {
  if (section.synonyms === 'wordnet') return loadWordNet();
  const file = dataPath('counterFitted', section.counterFitted);
  const load = hasVectors(section) ? loadCounterFittedVectors : loadCounterFittedNeighbours;
  return renamingOptions({ file: resourceKeys.counterFitted }, () => load(file));
}

/** What of the section an attack's result depends on: the settings of its recipe, and its resources by content. */
export async function recipeDependencies(
  recipe: RecipeDescriptor,
  section: AttackSection,
): Promise<Readonly<Record<string, unknown>>> {
  const { synonyms, counterFitted, similarity, maskedLanguageModel } = section;
  return {
    settings: settingsOf(recipe, section),
    ...(asks(recipe, 'synonyms') && { synonyms }),
    ...(asks(recipe, 'synonyms') &&
      synonyms === 'counter-fitted' && { counterFitted: await fileHash(dataPath('counterFitted', counterFitted)) }),
    ...(asks(recipe, 'sentenceEncoder') && { similarity }),
    ...(asks(recipe, 'maskedLanguageModel') && {
      maskedLanguageModel:
        maskedLanguageModel !== undefined && isOfOurEncoders(maskedLanguageModel)
          ? await modelFingerprint(maskedLanguageModel)
          : maskedLanguageModel,
    }),
  };
}
