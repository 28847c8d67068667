import type { TextColumns } from './text-columns.js';

/** `label` is the row that is true, counted from 0 in the victim's order of classes. */
export interface AttackExample {
  readonly id: number | string;
  readonly texts: TextColumns;
  readonly label: number;
}

/**
 * success: the prediction was turned · failed: it was not · skipped: it was wrong before any attack ·
 * error: something threw, see `error`.
 */
export type AttackStatus = 'success' | 'failed' | 'skipped' | 'error';

/** A text and what the victim says of it. */
export interface JudgedText {
  readonly texts: TextColumns;
  /** Empty where the victim never answered (status `error`). */
  readonly probabilities: readonly number[];
  /** The class with the highest probability; null where the victim never answered. */
  readonly prediction: number | null;
}

export interface Replacement {
  readonly column: number;
  /** The word's index, counted over all columns. */
  readonly index: number;
  readonly from: string;
  readonly to: string;
}

/** What became of one example. Plain data: one line of JSON. */
export interface AttackOutcome {
  readonly id: number | string;
  readonly status: AttackStatus;
  readonly label: number;
  readonly original: JudgedText;
  /** Only where the attack succeeded. */
  readonly adversarial?: JudgedText;
  /** Words that differ between original and adversarial text; 0 without success. */
  readonly perturbedWords: number;
  readonly totalWords: number;
  /** As TextAttack counts: every text requested, cache hits included; the first look at the example is 1. */
  readonly queries: number;
  /** Texts given to the model for this example: requests less repeats. */
  readonly modelQueries: number;
  /** The message, where status is `error`. */
  readonly error?: string;
  /** In the order of the text. */
  readonly replacements: readonly Replacement[];
  /** What `measureOutcome` adds to a success. */
  readonly quality?: Quality;
}

/** How much of the original an adversarial text keeps. Absent where nothing was at hand to measure it. */
export interface Quality {
  /** Angular similarity of both whole texts, 0 … 1 (TextAttack `USEMetric`, whatever the encoder). */
  readonly similarity?: number;
  /** Under a language model, texts in lower case (TextAttack `Perplexity`). */
  readonly originalPerplexity?: number;
  readonly adversarialPerplexity?: number;
}
