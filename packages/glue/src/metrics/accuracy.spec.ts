import { describe, expect, it } from 'vitest';
import { accuracy, majorityShare } from './accuracy.js';

describe('accuracy', () => {
  it('is the share of predictions that equal their label', () => {
    expect(accuracy([1, 0, 1, 1], [1, 1, 1, 0])).toBe(0.5);
  });

  it('refuses lists that do not match, and empty ones', () => {
    expect(() => accuracy([1], [1, 0])).toThrow(RangeError);
    expect(() => accuracy([], [])).toThrow(RangeError);
  });
});

describe('the majority share', () => {
  it('is the share of the most frequent label', () => {
    expect(majorityShare([2, 0, 2, 1, 2])).toBe(0.6);
    expect(() => majorityShare([])).toThrow(RangeError);
  });
});
