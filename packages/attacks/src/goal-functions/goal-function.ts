import type { AttackedText } from '../text/attacked-text.js';

/** A text that the victim has answered, and what it is to be compared with. */
export interface Answer {
  /** One value a class. */
  readonly probabilities: readonly number[];
  /** The true class. */
  readonly truth: number;
  readonly text: AttackedText;
  readonly original: AttackedText;
}

/** What an attack wants of the victim's answer. */
export interface GoalFunction {
  readonly name: string;
  /** How near the goal is; the search maximises it. */
  score(answer: Answer): number;
  /** The goal itself: the search ends here. */
  reached(answer: Answer): boolean;
  /** Whether the example, as it is, is not worth an attack; by default, where the goal is reached already. */
  skips?(answer: Answer): boolean;
  /** Whether what the search has found is a success though it may not be the goal; by default, the goal only. */
  succeeds?(answer: Answer): boolean;
}

/** The class with the highest probability, the first of equals. */
export function argmax(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}

/** @throws RangeError when the victim has no such class. */
export function probabilityOf(label: number, probabilities: readonly number[]): number {
  const p = probabilities[label];
  if (p === undefined) throw new RangeError(`The victim has ${probabilities.length} classes and no class ${label}.`);
  return p;
}
