import type { AttackedText } from '../attacked-text.js';
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
  /** Texts that differ from `current` at one word and meet every constraint, sorted by text. */
  neighbours(current: AttackedText, index: number): Promise<readonly Candidate[]>;
  /** Scores in order; fewer than asked where the budget ends. One query an item. */
  evaluate<Item extends { readonly text: AttackedText }>(items: readonly Item[]): Promise<readonly Scored<Item>[]>;
  /** True once the budget is used up. */
  readonly exhausted: boolean;
}

export interface SearchMethod {
  readonly name: string;
  /** The best text found, which is `start` itself where nothing beats it. */
  search(start: Scored, space: SearchSpace): Promise<Scored>;
}
