import type { Resource } from './resource.js';

/** The universal tag set (Petrov, Das & McDonald 2012). */
export type PartOfSpeech =
  'NOUN' | 'VERB' | 'ADJ' | 'ADV' | 'PRON' | 'DET' | 'ADP' | 'NUM' | 'CONJ' | 'PRT' | '.' | 'X';

export interface PartOfSpeechTagger extends Resource {
  /** A tag for each word, in order; the words are those of `AttackedText`, in their own case. */
  tags(words: readonly string[]): readonly PartOfSpeech[];
}
