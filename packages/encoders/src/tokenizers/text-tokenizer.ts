/** One example as token ids: with special tokens, truncated, not yet padded. */
export interface TokenSequence {
  /** Vocabulary ids, never empty. */
  readonly ids: Int32Array;
  /** Which text of a pair each token comes from, 0 or 1; all 0 for models that are not told. As long as `ids`. */
  readonly typeIds: Int32Array;
}

/** Where a token stands: `texts[text].slice(start, end)`. */
export interface TokenPlace {
  /** The first text or the second. */
  readonly text: 0 | 1;
  readonly start: number;
  readonly end: number;
}

export interface TokenSequenceWithPlaces extends TokenSequence {
  /** As long as `ids`; undefined for the special tokens around the texts. */
  readonly places: readonly (TokenPlace | undefined)[];
}

/** Turns one text or a pair of texts into the token ids of one encoder. */
export interface TextTokenizer {
  /** The id that pads rows. Padding is masked, so its embedding does not matter. */
  readonly padId: number;
  /**
   * @param texts one text or two; a text may be empty
   * @param maxLength most tokens of the result, special tokens included. A pair loses tokens of its longer text first.
   * @throws InputError for no text or more than two, or when `maxLength` leaves no room for a token
   */
  encode(texts: readonly string[], maxLength: number): TokenSequence;
  /** The same ids with their places in the texts, from a tokenizer that knows them. */
  encodeWithPlaces?(texts: readonly string[], maxLength: number): TokenSequenceWithPlaces;
  /** Writes the tokenizer's files into a model folder. */
  saveTo(folder: string): Promise<void>;
}
