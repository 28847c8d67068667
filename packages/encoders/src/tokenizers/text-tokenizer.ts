/** One example as token ids: with special tokens, truncated, not yet padded. */
export interface TokenSequence {
  /** Vocabulary ids, never empty. */
  readonly ids: Int32Array;
  /** Which text of a pair each token comes from, 0 or 1. As long as `ids`. */
  readonly typeIds: Int32Array;
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
  /** Writes the tokenizer's files into a model folder. */
  saveTo(folder: string): Promise<void>;
}
