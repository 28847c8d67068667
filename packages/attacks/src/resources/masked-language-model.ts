import type { Resource } from './resource.js';

/** A text with a hole in it, which the model's mask token takes: `before + mask + after`. Columns of a pair meet at a line break. */
export interface MaskedText {
  readonly before: string;
  readonly after: string;
}

/** A text with one of its words marked: `before + word + after`. */
export interface MarkedText extends MaskedText {
  readonly word: string;
}

/** A token of the model's vocabulary as a prediction for one position. */
export interface PredictedToken {
  /** Without the marks that tell tokens from words: no leading "##", "Ġ" or "▁". */
  readonly text: string;
  /** Whether the token begins a word: no "##" before it (BERT), "Ġ" or "▁" before it or at the start of the text (RoBERTa). */
  readonly startsWord: boolean;
  /** Soft-max over the whole vocabulary. */
  readonly probability: number;
}

/** Predictions for one position, the most probable first. */
export type Predictions = readonly PredictedToken[];

/**
 * A masked language model; supplied by the caller, for this package knows no tensors. Texts are asked about many at a time;
 * an answer must not depend on which texts stand beside it. Special tokens are never predicted.
 */
export interface MaskedLanguageModel extends Resource {
  /** For each text, the `count` most probable tokens in the place of the mask; none where it lies beyond the model's length. */
  fill(texts: readonly MaskedText[], count: number): Promise<readonly Predictions[]>;
  /**
   * For each text, unmasked, the `count` most probable tokens at each of the tokens that the word is split into, in order;
   * no position where the word lies beyond the model's length. Only BERT-Attack asks for it.
   */
  reconstruct?(texts: readonly MarkedText[], count: number): Promise<readonly (readonly Predictions[])[]>;
}
