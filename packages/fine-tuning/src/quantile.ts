/**
 * Q_p: the quantile with linear interpolation between order statistics (torch.quantile, numpy.percentile), in float64.
 * @param sorted ascending
 * @param percent 0 … 100; `percent · (n−1)` is formed before the division, so that 40 % of 96 hits a value exactly
 */
export const quantile = (sorted: readonly number[], percent: number): number =>
  interpolated(sorted.length, percent, (rank) => sorted[rank] ?? Number.NaN);

/**
 * Q_p of the elements of some arrays together, exactly and without sorting: a few passes over what may be millions.
 * @param arrays numbers that are not negative; +Infinity is one, NaN is not
 */
export function quantileOfAll(arrays: readonly Float32Array[], percent: number): number {
  // Float32 numbers that are not negative stand in the order of their bits.
  const bits = arrays.map(({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length));
  const upperHalves = countUpperHalves(bits);
  const elements = bits.reduce((sum, { length }) => sum + length, 0);
  return interpolated(elements, percent, (rank) => {
    const upper = rankIn(upperHalves, rank);
    const lower = rankIn(countLowerHalves(bits, upper.value), upper.rankWithin);
    return new Float32Array(Uint32Array.of(upper.value * 65_536 + lower.value).buffer)[0] as number;
  });
}

/** @param at the order statistic of a rank, counted from 0 */
function interpolated(length: number, percent: number, at: (rank: number) => number): number {
  const position = (percent * (length - 1)) / 100;
  const below = Math.floor(position);
  const a = at(below);
  const share = position - below;
  if (share === 0) return a;
  return a + (at(below + 1) - a) * share;
}

/** How often the upper 16 bits have each value. */
function countUpperHalves(arrays: readonly Uint32Array[]): Uint32Array {
  const counts = new Uint32Array(65_536);
  for (const array of arrays) {
    for (const bits of array) {
      const upper = bits >>> 16;
      counts[upper] = (counts[upper] as number) + 1;
    }
  }
  return counts;
}

/** How often the lower 16 bits have each value, among the numbers with these upper ones. */
function countLowerHalves(arrays: readonly Uint32Array[], upper: number): Uint32Array {
  const counts = new Uint32Array(65_536);
  for (const array of arrays) {
    for (const bits of array) {
      if (bits >>> 16 !== upper) continue;
      const lower = bits & 0xffff;
      counts[lower] = (counts[lower] as number) + 1;
    }
  }
  return counts;
}

/** The value in which a rank falls, and its rank among those that share the value. */
function rankIn(counts: Uint32Array, rank: number): { readonly value: number; readonly rankWithin: number } {
  let below = 0;
  for (const [value, count] of counts.entries()) {
    if (rank < below + count) return { value, rankWithin: rank - below };
    below += count;
  }
  throw new RangeError(`There is no rank ${rank} among ${below} elements.`);
}
