import {
  type AttackRecipe,
  type RecipeDescriptor,
  type ResourceRole,
  type SynonymSource,
  loadCounterFittedNeighbours,
  loadCounterFittedVectors,
  loadWinkTagger,
  loadWordNet,
  recipes,
} from '@rose/attacks';
import { loadUseLiteSentenceEncoder } from '@rose/encoders';
import { InputError, lookUp } from '@rose/foundation';
import { transformersMaskedLanguageModel } from '@rose/victims';

/** What recipes draw on, as settings name it. */
export interface RecipeSettings {
  readonly synonyms: 'wordnet' | 'counter-fitted';
  /** Neighbour lists (.json), or the vectors themselves (.txt). */
  readonly counterFitted?: string | undefined;
  readonly similarity: 'use-lite' | 'none';
  /** Folder or hub name for transformers.js. */
  readonly maskedLanguageModel?: string | undefined;
  /** TextFooler's. */
  readonly maxCandidates: number;
}

export const recipeNames = (): readonly string[] => [...recipes.keys()];

/** @throws InputError for an unknown name, and for settings without what the recipe needs */
export function checkRecipe(name: string, settings: RecipeSettings): RecipeDescriptor {
  const recipe = lookUp(recipes, name, { kind: 'recipe', where: '--recipe' });
  const wants = (role: ResourceRole) => recipe.needs.includes(role);
  if (wants('synonyms') && settings.synonyms === 'counter-fitted' && !settings.counterFitted) {
    throw new InputError('Counter-fitted synonyms need their file.', {
      where: 'attack.counterFitted',
      hint: 'Set attack.counterFitted to counterfitted_neighbors.json or counter-fitted-vectors.txt, or use attack.synonyms: wordnet.',
    });
  }
  if (wants('maskedLanguageModel') && !settings.maskedLanguageModel) {
    throw new InputError(`The recipe '${name}' needs a masked language model.`, {
      where: 'attack.maskedLanguageModel',
      hint: 'Set it to a folder with ONNX files, or to a name on the hub such as Xenova/bert-base-uncased.',
    });
  }
  return recipe;
}

/** A recipe wired to the resources that the settings name; only those are opened that it has a use for. */
export async function openRecipe(
  recipe: RecipeDescriptor,
  settings: RecipeSettings,
  { threads, frozenColumns = [] }: { threads: number; frozenColumns?: readonly number[] },
): Promise<AttackRecipe> {
  const roles = new Set<ResourceRole>([...recipe.needs, ...recipe.uses]);
  const given = {
    frozenColumns,
    ...(roles.has('synonyms') && { synonyms: await openSynonyms(settings) }),
    ...(roles.has('partOfSpeech') && { partOfSpeech: await loadWinkTagger() }),
    ...(roles.has('sentenceEncoder') &&
      settings.similarity === 'use-lite' && { sentenceEncoder: await loadUseLiteSentenceEncoder() }),
    ...(roles.has('maskedLanguageModel') &&
      settings.maskedLanguageModel !== undefined && {
        maskedLanguageModel: await transformersMaskedLanguageModel({ model: settings.maskedLanguageModel, threads }),
      }),
  };
  return recipe.create(given, recipe.name === 'textfooler' ? { maxCandidates: settings.maxCandidates } : {});
}

function openSynonyms({ synonyms, counterFitted = '' }: RecipeSettings): Promise<SynonymSource> {
  if (synonyms === 'wordnet') return loadWordNet();
  return counterFitted.endsWith('.json')
    ? loadCounterFittedNeighbours(counterFitted)
    : loadCounterFittedVectors(counterFitted);
}
