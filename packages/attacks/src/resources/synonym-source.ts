import type { PartOfSpeech } from './part-of-speech-tagger.js';
import type { Resource } from './resource.js';

/** Where candidate words come from. */
export interface SynonymSource extends Resource {
  /**
   * Words that may stand for `word` (lower case), the nearest or most usual first, without `word` itself; none for an
   * unknown word. With `pos`, only those of that part of speech, where the source knows parts of speech.
   */
  candidates(word: string, pos?: PartOfSpeech): readonly string[];
  /** Cosine of two words' vectors, undefined where one has none; absent from sources without vectors. */
  cosine?(a: string, b: string): number | undefined;
  /** Squared Euclidean distance of two words' vectors, likewise. */
  squaredDistance?(a: string, b: string): number | undefined;
}
