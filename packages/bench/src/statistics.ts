export interface Summary {
  readonly msMedian: number;
  readonly msMin: number;
  readonly msMax: number;
}

/** The middle value, or the mean of the two in the middle. Of nothing: NaN. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[half - 1] ?? NaN)) / 2;
}

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

export const summarise = (ms: readonly number[]): Summary => ({
  msMedian: rounded(median(ms), 3),
  msMin: rounded(Math.min(...ms), 3),
  msMax: rounded(Math.max(...ms), 3),
});
