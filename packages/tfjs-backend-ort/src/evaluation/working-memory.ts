import { type Shape, type ValueType, sizeOf } from '../graph/graph-node.js';
import type { Trace } from '../graph/trace.js';

const BYTES: Readonly<Record<ValueType, number>> = { float32: 4, int32: 4, int64: 8, float64: 8, bool: 1, uint8: 1 };

/** Operators whose result has no memory of its own in ONNX Runtime. */
const ALIASES: ReadonlySet<string> = new Set(['Reshape']);

/**
 * The most bytes of intermediate results that a graph holds at once when its operations run in the order traced. Its
 * session keeps about that much from its first run on. Fetched results are in our arrays and do not count.
 */
export function workingMemory({ nodes, targets }: Trace): number {
  const fetched = new Set(targets);
  const lastUse = new Map<number, number>();
  nodes.forEach(({ inputs }, position) => {
    for (const slot of inputs) lastUse.set(slot, position);
  });

  const held = new Map<number, number>();
  const ending = new Map<number, number[]>();
  let [now, most] = [0, 0];
  nodes.forEach(({ node, firstOutput }, position) => {
    if (!ALIASES.has(node.op)) {
      node.outputs.forEach((output, index) => {
        const slot = firstOutput + index;
        const end = lastUse.get(slot);
        if (end === undefined || fetched.has(slot)) return;
        const bytes = bytesOf(output);
        held.set(slot, bytes);
        now += bytes;
        ending.set(end, [...(ending.get(end) ?? []), slot]);
      });
    }
    most = Math.max(most, now);
    for (const slot of ending.get(position) ?? []) now -= held.get(slot) ?? 0;
  });
  return most;
}

function bytesOf({ shape, dtype }: { shape: Shape; dtype: ValueType }): number {
  return BYTES[dtype] * sizeOf(shape);
}
