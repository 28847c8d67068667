/** One example as a model wants it: special tokens included, truncated, not yet padded. */
export interface TokenSequence {
  /** Vocabulary ids, never empty. */
  readonly ids: Int32Array;
  /** Which column each token came from, 0 or 1; of the same length as `ids`. */
  readonly typeIds: Int32Array;
}

/** Turns one text, or a pair of texts, into the ids that one encoder was trained on. */
export interface TextTokenizer {
  /** The id that fills a row up to the length of its batch; masked, so its embedding never matters. */
  readonly padId: number;
  /**
   * @param texts one or two columns of an example; an empty text is allowed
   * @param maxLength most tokens of the result, special tokens included; a pair loses tokens of its longer text first
   * @throws InputError when there are not one or two texts, or `maxLength` leaves no room for any token
   */
  encode(texts: readonly string[], maxLength: number): TokenSequence;
  /** Writes the files from which the tokenizer can be read back, beside the weights. */
  saveTo(folder: string): Promise<void>;
}
