import { describe, expect, it } from 'vitest';
import { AttackedText } from '../text/attacked-text.js';
import type { Answer } from './goal-function.js';
import { inputReduction } from './input-reduction.js';
import { targetedClassification } from './targeted-classification.js';
import { untargetedClassification } from './untargeted-classification.js';

const original = AttackedText.of(['a b c d']);
const answer = (probabilities: readonly number[], text = original, truth = 1): Answer => ({
  probabilities,
  truth,
  text,
  original,
});

describe('goal functions', () => {
  it('untargeted: away from the true class', () => {
    expect(untargetedClassification.score(answer([0.3, 0.6, 0.1]))).toBeCloseTo(0.4, 12);
    expect(untargetedClassification.reached(answer([0.3, 0.6, 0.1]))).toBe(false);
    expect(untargetedClassification.reached(answer([0.6, 0.3, 0.1]))).toBe(true);
    expect(() => untargetedClassification.score(answer([0.3, 0.7], original, 2))).toThrow(RangeError);
  });

  it('targeted: towards one class, examples of which are done already', () => {
    const goal = targetedClassification(2);
    expect(goal.score(answer([0.3, 0.6, 0.1]))).toBe(0.1);
    expect(goal.reached(answer([0.6, 0.3, 0.1]))).toBe(false);
    expect(goal.reached(answer([0.2, 0.3, 0.5]))).toBe(true);
    expect(goal.reached(answer([0.6, 0.3, 0.1], original, 2))).toBe(true);
    expect(() => goal.score(answer([0.3, 0.7]))).toThrow(RangeError);
  });

  it('input reduction: fewer words, the label kept', () => {
    const two = original.delete(0).delete(0);
    const one = two.delete(0);
    // (4 − 2) / 4 + 0.8 / 4.
    expect(inputReduction.score(answer([0.2, 0.8], two))).toBeCloseTo(0.7, 12);
    expect(inputReduction.score(answer([0.8, 0.2], two))).toBe(0);
    expect(inputReduction.score(answer([0.2, 0.8], one))).toBeCloseTo(0.95, 12);
    expect([two, one].map((text) => inputReduction.reached(answer([0.2, 0.8], text)))).toEqual([false, true]);
    expect(inputReduction.reached(answer([0.8, 0.2], one))).toBe(false);
    expect([original, two].map((text) => inputReduction.succeeds?.(answer([0.2, 0.8], text)))).toEqual([false, true]);
    expect([0.8, 0.2].map((p) => inputReduction.skips?.(answer([1 - p, p])))).toEqual([false, true]);
    expect(
      inputReduction.score({ ...answer([0.2, 0.8]), text: AttackedText.of(['']), original: AttackedText.of(['']) }),
    ).toBe(0);
  });
});
