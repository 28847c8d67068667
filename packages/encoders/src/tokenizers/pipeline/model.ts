/** A token of a word: its id, and its place in the word. */
export interface WordToken {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** Cuts words into tokens of a vocabulary. */
export interface Model {
  readonly vocabulary: ReadonlyMap<string, number>;
  cut(word: string): readonly WordToken[];
}
