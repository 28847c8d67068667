/** What an attack wants of the victim's answer. `probabilities` has one value a class; `truth` is the true class. */
export interface GoalFunction {
  readonly name: string;
  /** How near the goal is; the search maximises it. */
  score(probabilities: readonly number[], truth: number): number;
  reached(probabilities: readonly number[], truth: number): boolean;
}

/** The class with the highest probability, the first of equals. */
export function argmax(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}
