/** Which saliencies are kept, as percentiles: [lower, upper] of 0 … 100; the published settings all have lower = 0. */
export interface Band {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Q_p: the quantile with linear interpolation between order statistics (torch.quantile), in float64.
 * @param sorted ascending
 * @param percent 0 … 100; `percent · (n−1)` is formed before the division, so that 40 % of 96 hits a saliency exactly
 */
export function quantile(sorted: readonly number[], percent: number): number {
  const position = (percent * (sorted.length - 1)) / 100;
  const below = Math.floor(position);
  const a = sorted[below] ?? Number.NaN;
  const share = position - below;
  if (share === 0) return a;
  const b = sorted[below + 1] ?? a;
  return a + (b - a) * share;
}

/**
 * mask_i = 1 if Q_l ≤ s_i ≤ Q_u, else 0.
 * A saliency that is NaN (0/0: a tensor that never had a gradient) counts as infinite: nothing is known in its favour.
 */
export function bandMask(saliencies: ReadonlyMap<string, number>, { lower, upper }: Band): Map<string, number> {
  const known = new Map([...saliencies].map(([name, s]) => [name, Number.isNaN(s) ? Infinity : s]));
  const sorted = [...known.values()].sort((a, b) => a - b);
  const low = quantile(sorted, lower);
  const high = quantile(sorted, upper);
  return new Map([...known].map(([name, s]) => [name, s >= low && s <= high ? 1 : 0]));
}
