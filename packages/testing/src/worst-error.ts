export interface WorstError {
  readonly name: string;
  /** Infinite where a tensor is missing, or has another size or a NaN. */
  readonly error: number;
}

/**
 * The largest error among some tensors, each error as a share of its tensor's largest element.
 * @param floor tensors below this share of the largest element of all are held to it instead. Some gradients are 0 in theory:
 * softmax does not see what a key's bias adds to all scores of a query.
 */
export function worstError(
  found: ReadonlyMap<string, ArrayLike<number>>,
  expected: ReadonlyMap<string, ArrayLike<number>>,
  floor = 1e-2,
): WorstError {
  const smallest = floor * Math.max(...[...expected.values()].map(largest));
  let worst: WorstError = { name: 'none', error: 0 };
  for (const name of new Set([...expected.keys(), ...found.keys()])) {
    const [a, b] = [found.get(name), expected.get(name)];
    const error = a && b ? difference(a, b) / Math.max(largest(b), smallest) : Infinity;
    if (error > worst.error) worst = { name, error };
  }
  return worst;
}

const largest = (values: ArrayLike<number>): number => difference(values, new Float32Array(values.length));

function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const distance = Math.abs((a[i] as number) - (b[i] as number));
    if (!(distance <= most)) most = Number.isNaN(distance) ? Infinity : distance;
  }
  return most;
}
