import { quantile, quantileOfAll } from '@rose/fine-tuning';

/** Which saliencies are kept, as percentiles: [lower, upper] of 0 … 100; the published settings all have lower = 0. */
export interface Band {
  readonly lower: number;
  readonly upper: number;
}

/**
 * mask_i = 1 if Q_l ≤ s_i ≤ Q_u, else 0, with the quantiles over the saliencies of all tensors, one each.
 * A saliency that is NaN (0/0: a tensor that never had a gradient) counts as infinite: nothing is known in its favour.
 */
export function bandMask(saliencies: ReadonlyMap<string, number>, { lower, upper }: Band): Map<string, number> {
  const known = new Map([...saliencies].map(([name, s]) => [name, Number.isNaN(s) ? Infinity : s]));
  const sorted = [...known.values()].sort((a, b) => a - b);
  const low = quantile(sorted, lower);
  const high = quantile(sorted, upper);
  return new Map([...known].map(([name, s]) => [name, s >= low && s <= high ? 1 : 0]));
}

/**
 * The same with every element of every tensor a saliency of its own; the quantiles are over the elements of all tensors.
 * @param saliencies not negative, without NaN
 */
export function elementBandMask(
  saliencies: ReadonlyMap<string, Float32Array>,
  { lower, upper }: Band,
): Map<string, Float32Array> {
  const arrays = [...saliencies.values()];
  // All of them reach Q₀, the least: no need to find it.
  const low = lower === 0 ? 0 : quantileOfAll(arrays, lower);
  const high = quantileOfAll(arrays, upper);
  return new Map([...saliencies].map(([name, s]) => [name, within(s, low, high)]));
}

/** A loop, since `map` takes ten times as long, and there are millions of elements a step. */
function within(saliencies: Float32Array, low: number, high: number): Float32Array {
  const mask = new Float32Array(saliencies.length);
  for (let i = 0; i < mask.length; i++) {
    const s = saliencies[i] as number;
    if (s >= low && s <= high) mask[i] = 1;
  }
  return mask;
}
