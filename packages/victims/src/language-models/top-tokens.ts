/** The indices of the `count` largest values, the largest first; of equals the first. */
export function topIndices(values: Float32Array, count: number): number[] {
  const best: number[] = [];
  const at = (position: number) => values[best[position] as number] as number;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (best.length === count && (count === 0 || !(value > at(count - 1)))) continue;
    let position = best.length;
    while (position > 0 && value > at(position - 1)) position--;
    best.splice(position, 0, i);
    if (best.length > count) best.pop();
  }
  return best;
}
