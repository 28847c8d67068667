import { describe, expect, it } from 'vitest';
import { hostValue, record, reshape } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { traceGraph } from '../graph/trace.js';
import { workingMemory } from './working-memory.js';

const KIB = 256;
const leaf = (): Value => hostValue(new Float32Array(KIB), { shape: [KIB], dtype: 'float32' });
const neg = (x: Value): Value => record('Neg', [x], { shape: x.shape, dtype: 'float32' });
const add = (a: Value, b: Value): Value => record('Add', [a, b], { shape: a.shape, dtype: 'float32' });

describe('workingMemory', () => {
  it('counts what is alive at once, not all that was ever computed', () => {
    let x = leaf();
    for (let i = 0; i < 10; i++) x = neg(x);
    // At each step one result is read while the next is written.
    expect(workingMemory(traceGraph([x]))).toBe(2 * 1024);
  });

  it('holds what a backward pass needs until then', () => {
    const kept: Value[] = [];
    while (kept.length < 4) kept.push(neg(kept.at(-1) ?? leaf()));
    const folded = kept.reduceRight((sum, value) => add(sum, value));
    expect(workingMemory(traceGraph([folded]))).toBeGreaterThanOrEqual(4 * 1024);
  });

  it('counts neither what is fetched nor another name for the same elements', () => {
    expect(workingMemory(traceGraph([neg(leaf())]))).toBe(0);
    expect(workingMemory(traceGraph([neg(reshape(neg(leaf()), [2, KIB / 2]))]))).toBe(1024);
  });
});
