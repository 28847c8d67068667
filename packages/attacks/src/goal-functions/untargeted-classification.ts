import { argmax, probabilityOf } from './goal-function.js';
import type { GoalFunction } from './goal-function.js';

/** Any class but the true one: score 1 − p(true), reached when the prediction differs (TextAttack `UntargetedClassification`). */
export const untargetedClassification: GoalFunction = {
  name: 'untargeted-classification',
  score: ({ probabilities, truth }) => 1 - probabilityOf(truth, probabilities),
  reached: ({ probabilities, truth }) => argmax(probabilities) !== truth,
};
