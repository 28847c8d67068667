import type { AttackedText } from '../text/attacked-text.js';

/** Asked before anything is changed: may this word be touched? (TextAttack `PreTransformationConstraint`) */
export interface WordConstraint {
  readonly name: string;
  allows(text: AttackedText, index: number): boolean;
}

/** A changed text on its way through the constraints. */
export interface Candidate {
  readonly text: AttackedText;
  /** The word that was changed last: its index in `text` and in the text before. */
  readonly index: number;
  /** Similarity to the text it was compared with; only where a sentence encoder looked at it. */
  readonly similarity?: number;
}

/** What a constraint may compare with: the example as it was, or the text that the candidate was made from. */
export interface Reference {
  readonly original: AttackedText;
  readonly current: AttackedText;
}

/** Asked about finished candidates, cheap constraints first. Keeps the order; may add what it measured. */
export interface Constraint {
  readonly name: string;
  filter(candidates: readonly Candidate[], reference: Reference): readonly Candidate[] | Promise<readonly Candidate[]>;
}

/** Whether one word stands for one word; not so after insertions, merges and deletions. */
export function isSwap(text: AttackedText, current: AttackedText): boolean {
  return text.wordCount === current.wordCount;
}
