/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The sample standard deviation, √(Σ(x − x̄)² / (n − 1)); undefined for fewer than two values, which have no spread. */
export function sampleStandardDeviation(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** The 97.5 % quantile of the standard normal distribution: two-sided 95 %. */
const z95 = 1.959963984540054;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 % score interval of a share (0 … 1) that was counted over n examples:
 * (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209–212.
 * Unlike p ± z√(p(1 − p)/n) it keeps its coverage for AdvGLUE's small n and for shares near 0 and 1.
 */
export function wilsonInterval(share: number, n: number): Interval {
  const z2 = z95 * z95;
  const scale = 1 + z2 / n;
  const centre = (share + z2 / (2 * n)) / scale;
  const half = (z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / scale;
  return { low: centre - half, high: centre + half };
}
