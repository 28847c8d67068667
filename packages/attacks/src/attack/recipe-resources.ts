import type { UsedResource } from './attack-recipe.js';
import type { GrammarChecker } from '../resources/grammar-checker.js';
import type { MaskedLanguageModel } from '../resources/masked-language-model.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { Resource } from '../resources/resource.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import type { SynonymSource } from '../resources/synonym-source.js';

/** Everything that a recipe may draw on, by the role that it plays. */
export interface RecipeResources {
  readonly synonyms?: SynonymSource | undefined;
  readonly partOfSpeech?: PartOfSpeechTagger | undefined;
  readonly sentenceEncoder?: SentenceEncoder | undefined;
  readonly maskedLanguageModel?: MaskedLanguageModel | undefined;
  readonly grammar?: GrammarChecker | undefined;
}

export type ResourceRole = keyof RecipeResources;

/** What a recipe works with: all that it needs, and of what it uses whatever there is. */
export type ResourcesFor<Needs extends ResourceRole, Uses extends ResourceRole> = {
  readonly [Role in Needs]: NonNullable<RecipeResources[Role]>;
} & Pick<RecipeResources, Uses>;

/** Roles as descriptions name them, and what plays them, as messages call it. */
export const ROLES: Readonly<Record<ResourceRole, { readonly name: string; readonly player: string }>> = {
  synonyms: { name: 'synonyms', player: 'a source of synonyms' },
  partOfSpeech: { name: 'part of speech', player: 'a part-of-speech tagger' },
  sentenceEncoder: { name: 'sentence encoder', player: 'a sentence encoder' },
  maskedLanguageModel: { name: 'masked language model', player: 'a masked language model' },
  grammar: { name: 'grammar', player: 'a grammar checker' },
};

/** A resource as a description lists it. */
export function used(role: string, resource: Pick<Resource, 'name'> & Partial<Resource>): UsedResource {
  const { name, version, hash } = resource;
  return { role, name, ...(version !== undefined && { version }), ...(hash !== undefined && { hash }) };
}
