/** How DeBERTa maps distances to the rows of its table of relative positions. */
export interface RelativeRows {
  /** Distances up to a half of so many have rows of their own, longer ones share them; undefined if none share. */
  readonly buckets: number | undefined;
  /** The distance from which on all are one. */
  readonly farthest: number;
}

/** Half of the table's rows: those of distances from 0 on. */
export const span = ({ buckets, farthest }: RelativeRows): number => buckets ?? farthest;

/** The bucket of a distance of either sign: near ones go one by one, the rest by the logarithm (He et al. 2021, section 3 of v2). */
function bucketOf(distance: number, buckets: number, farthest: number): number {
  const exact = Math.floor(buckets / 2);
  const size = Math.abs(distance);
  if (size <= exact) return distance;
  const coarse = (Math.log(size / exact) / Math.log((farthest - 1) / exact)) * (exact - 1);
  return Math.sign(distance) * (exact + Math.ceil(coarse));
}

/** δ(i, j): the row for a query at i and a key at j, where `distance` is i − j. */
export function rowOf(distance: number, rows: RelativeRows): number {
  const { buckets, farthest } = rows;
  const bucket = buckets === undefined ? distance : bucketOf(distance, buckets, farthest);
  const half = span(rows);
  return Math.min(Math.max(bucket + half, 0), 2 * half - 1);
}
