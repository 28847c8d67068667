import { describe, expect, it } from 'vitest';
import { mean, sampleStandardDeviation, wilsonInterval } from './statistics.js';

describe('sampleStandardDeviation', () => {
  it('divides by n − 1', () => {
    // Deviations −3, −1, −1, −1, 0, 0, 2, 4: squares sum to 32, and 32 / 7.
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(values)).toBe(5);
    expect(sampleStandardDeviation(values)).toBeCloseTo(Math.sqrt(32 / 7), 14);
    expect(sampleStandardDeviation([1, 2])).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it('has no answer for fewer than two values', () => {
    expect(sampleStandardDeviation([0.5])).toBeUndefined();
    expect(sampleStandardDeviation([])).toBeUndefined();
  });
});

describe('wilsonInterval', () => {
  it('agrees with published intervals', () => {
    // R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3 (score without continuity correction).
    const published: [hits: number, n: number, low: number, high: number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ];
    for (const [hits, n, low, high] of published) {
      const interval = wilsonInterval(hits / n, n);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
  });

  it("says how little AdvGLUE's small sets can tell: 8 to 11 points", () => {
    const half = (n: number) => (wilsonInterval(0.5, n).high - wilsonInterval(0.5, n).low) / 2;
    expect(half(148)).toBeCloseTo(0.0795, 4);
    expect(half(78)).toBeCloseTo(0.1083, 4);
  });
});
