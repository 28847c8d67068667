import { argmax, probabilityOf } from './goal-function.js';
import type { Answer, GoalFunction } from './goal-function.js';

const keepsLabel = ({ probabilities, truth }: Answer) => argmax(probabilities) === truth;

/**
 * As few words as the true class can be predicted from (Feng et al. 2018; TextAttack `InputReduction`, maximisable). The
 * score is the share of words that are gone plus, as a tie-breaker, p(true) / words; 0 where the label is lost. Ends at one
 * word. Any reduction is a success; TextAttack calls every example maximised, and counts it as one, even untouched.
 */
export const inputReduction: GoalFunction = {
  name: 'input-reduction',
  score: (answer) => {
    const { probabilities, truth, text, original } = answer;
    const p = probabilityOf(truth, probabilities);
    const before = original.wordCount;
    if (!keepsLabel(answer) || before === 0) return 0;
    return Math.min(1, Math.max(0, before - text.wordCount) / before + p / before);
  },
  reached: (answer) => keepsLabel(answer) && answer.text.wordCount <= 1,
  skips: (answer) => !keepsLabel(answer),
  succeeds: (answer) => keepsLabel(answer) && answer.text.wordCount < answer.original.wordCount,
};
