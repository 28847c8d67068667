import { argmax } from './goal-function.js';
import type { GoalFunction } from './goal-function.js';

/** Any class but the true one: score 1 − p(true), reached when the prediction differs (TextAttack `UntargetedClassification`). */
export const untargetedClassification: GoalFunction = {
  name: 'untargeted-classification',
  score: (probabilities, truth) => {
    const p = probabilities[truth];
    if (p === undefined)
      throw new RangeError(`Label ${truth} is none of the victim's ${probabilities.length} classes.`);
    return 1 - p;
  },
  reached: (probabilities, truth) => argmax(probabilities) !== truth,
};
