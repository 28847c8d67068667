import { argmax, probabilityOf } from './goal-function.js';
import type { GoalFunction } from './goal-function.js';

/**
 * One class in particular: score p(target), reached when it is predicted (TextAttack `TargetedClassification`).
 * Examples that are of that class, or taken for it, are skipped.
 */
export function targetedClassification(target: number): GoalFunction {
  return {
    name: `targeted-classification (${target})`,
    score: ({ probabilities }) => probabilityOf(target, probabilities),
    reached: ({ probabilities, truth }) => argmax(probabilities) === target || truth === target,
  };
}
