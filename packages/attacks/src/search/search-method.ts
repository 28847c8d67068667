import type { RandomStream } from '@rose/foundation';
import type { AttackedText } from '../text/attacked-text.js';
import type { Candidate } from '../constraints/constraint.js';

/** A text that the victim has judged. */
export interface Scored<Item = Candidate> {
  readonly item: Item;
  readonly probabilities: readonly number[];
  /** The goal function's score; the search maximises it. */
  readonly score: number;
  readonly reached: boolean;
}

/** What a search may do; it knows nothing of victims, constraints and budgets behind it. */
export interface SearchSpace {
  /** Words that may be changed, in the order of the text. */
  attackable(text: AttackedText): readonly number[];
  /** Texts that differ from `current` at one word and meet every constraint, sorted by text; none where it may not be changed. */
  neighbours(current: AttackedText, index: number): Promise<readonly Candidate[]>;
  /** Whether a text that a search mixed itself, of as many words as `current`, meets every constraint wherever it differs. */
  admits(text: AttackedText, current: AttackedText): Promise<boolean>;
  /** Scores in order; fewer than asked where the budget ends. One query an item. */
  evaluate<Item extends { readonly text: AttackedText }>(items: readonly Item[]): Promise<readonly Scored<Item>[]>;
  /** True once the budget is used up. */
  readonly exhausted: boolean;
  /** The example's own random numbers. */
  readonly random: RandomStream;
  /** One number a word, see `AttackContext.gradientNorms`; only for a search that is `whiteBox`. */
  gradientNorms(text: AttackedText): Promise<readonly number[]>;
}

export interface SearchMethod {
  readonly name: string;
  /** Needs the victim's gradients; refused on victims without. */
  readonly whiteBox?: boolean;
  /** The best text found, which is `start` itself where nothing beats it. */
  search(start: Scored, space: SearchSpace): Promise<Scored>;
}
