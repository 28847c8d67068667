import {
  type AttackRecipe,
  type CommonOptions,
  type RecipeName,
  type RecipeResources,
  type ResourceRole,
  type SynonymSource,
  loadCounterFittedNeighbours,
  loadCounterFittedVectors,
  loadWinkTagger,
  loadWordNet,
  recipes,
  textFooler,
} from '@rose/attacks';
import { loadUseLiteSentenceEncoder } from '@rose/encoders';
import { InputError, lookUp } from '@rose/foundation';
import { dataPath } from '@rose/glue';
import { transformersMaskedLanguageModel } from './transformers-masked-language-model.js';

/** What recipes draw on, as settings name it. */
export interface RecipeSettings {
  readonly synonyms: 'wordnet' | 'counter-fitted';
  /** Neighbour lists (.json), or the vectors themselves (.txt). By default the lists in the data folder. */
  readonly counterFitted?: string | undefined;
  readonly similarity: 'use-lite' | 'none';
  /** Folder or hub name for transformers.js. */
  readonly maskedLanguageModel?: string | undefined;
  /** TextFooler's. */
  readonly maxCandidates: number;
}

const registry: ReadonlyMap<string, (typeof recipes)[RecipeName]> = new Map(Object.entries(recipes));

export const recipeNames = (): readonly RecipeName[] => Object.keys(recipes) as RecipeName[];

/** @throws InputError for an unknown name, and for settings without what the recipe needs */
export function checkRecipe(name: string, settings: RecipeSettings): RecipeName {
  const { needs } = lookUp(registry, name, { kind: 'recipe', where: '--recipe' });
  const wants = (role: ResourceRole) => (needs as readonly ResourceRole[]).includes(role);
  if (wants('synonyms') && settings.synonyms === 'counter-fitted') dataPath('counterFitted', settings.counterFitted);
  if (wants('maskedLanguageModel') && !settings.maskedLanguageModel) {
    throw new InputError(`The recipe '${name}' needs a masked language model.`, {
      where: 'attack.maskedLanguageModel',
      hint: 'Set it to a folder with ONNX files, or to a name on the hub such as Xenova/bert-base-uncased.',
    });
  }
  return name as RecipeName;
}

/** A recipe wired to the resources that the settings name; only those are opened that it has a use for. */
export async function openRecipe(
  name: RecipeName,
  settings: RecipeSettings,
  { threads, frozenColumns = [] }: { threads: number; frozenColumns?: readonly number[] },
): Promise<AttackRecipe> {
  const { needs, uses } = recipes[name];
  const roles = new Set<ResourceRole>([...needs, ...uses]);
  const resources: RecipeResources & CommonOptions = {
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
  const { synonyms, partOfSpeech } = resources;
  if (name === 'textfooler' && synonyms && partOfSpeech) {
    return textFooler({ ...resources, synonyms, partOfSpeech, maxCandidates: settings.maxCandidates });
  }
  return recipes[name].create(resources);
}

async function openSynonyms({ synonyms, counterFitted }: RecipeSettings): Promise<SynonymSource> {
  if (synonyms === 'wordnet') return loadWordNet();
  const file = dataPath('counterFitted', counterFitted);
  return file.endsWith('.json') ? loadCounterFittedNeighbours(file) : loadCounterFittedVectors(file);
}
