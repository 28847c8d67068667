import type { GrammarChecker } from '../resources/grammar-checker.js';
import type { MaskedLanguageModel } from '../resources/masked-language-model.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import type { SynonymSource } from '../resources/synonym-source.js';

/** Everything that a recipe may draw on. */
export interface RecipeResources {
  readonly synonyms?: SynonymSource;
  readonly partOfSpeech?: PartOfSpeechTagger;
  readonly sentenceEncoder?: SentenceEncoder;
  readonly maskedLanguageModel?: MaskedLanguageModel;
  readonly grammar?: GrammarChecker;
}

export type ResourceRole = keyof RecipeResources;

/** What can be said of a recipe before it is wired to its resources. */
export interface RecipeCard<Needs extends ResourceRole = ResourceRole> {
  /** As people know it. */
  readonly title: string;
  readonly paper: string;
  /** Resources that it cannot do without. */
  readonly needs: readonly Needs[];
  /** Resources that it goes without if it must, under another name. */
  readonly uses: readonly ResourceRole[];
  /** Only for victims that give gradients. */
  readonly whiteBox?: boolean;
  /** Where it is not the paper's, or not TextAttack's, whatever the resources; see `describe` for theirs. */
  readonly departures: readonly string[];
}
