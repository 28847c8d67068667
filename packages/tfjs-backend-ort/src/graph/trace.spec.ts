import { describe, expect, it } from 'vitest';
import { fixedValue, hostValue, integers, record, recordMany, scalar } from './graph-builder.js';
import type { Value } from './graph-node.js';
import { traceGraph } from './trace.js';

const leaf = (length = 3): Value => hostValue(new Float32Array(length), { shape: [length], dtype: 'float32' });
const add = (a: Value, b: Value): Value => record('Add', [a, b], { shape: a.shape, dtype: a.dtype });

describe('traceGraph', () => {
  it('puts every operation after the ones it reads from', () => {
    const x = leaf();
    const deep = add(add(x, leaf()), add(x, x));
    const { nodes, leaves } = traceGraph([deep]);
    const known = new Set(leaves.map(({ slot }) => slot));
    for (const { inputs, firstOutput } of nodes) {
      expect(inputs.every((slot) => known.has(slot))).toBe(true);
      known.add(firstOutput);
    }
    expect(nodes).toHaveLength(3);
  });

  it('numbers equal operations over the same inputs once', () => {
    const x = leaf();
    const trace = traceGraph([add(x, x), add(x, x)]);
    expect(trace.nodes).toHaveLength(1);
    expect(trace.targets[0]).toBe(trace.targets[1]);
  });

  it('keeps apart what differs in an attribute, a constant, or a leaf', () => {
    const x = leaf();
    const transposed = (perm: number[]): Value =>
      record('Transpose', [x], { shape: x.shape, dtype: x.dtype, attributes: { perm } });
    const summed = (axes: number[]): Value => record('ReduceSum', [x, integers(axes)], { shape: [], dtype: x.dtype });
    const targets = [transposed([0]), transposed([1]), summed([0]), summed([1]), add(x, leaf()), add(x, leaf())];
    expect(traceGraph(targets).nodes).toHaveLength(6);
  });

  it('feeds one number once, but 0 and -0 and numbers of two types apart', () => {
    const x = leaf();
    const plus = (value: number): Value => add(x, scalar(value, 'float32'));
    expect(traceGraph([add(plus(0.5), plus(0.5))]).leaves).toHaveLength(2);
    expect(traceGraph([plus(0), plus(-0), add(x, scalar(0, 'int32'))]).leaves).toHaveLength(4);
  });

  it('feeds arrays of one named content once', () => {
    const range = (): Value => fixedValue('range', new Float32Array(3), { shape: [3], dtype: 'float32' });
    expect(traceGraph([add(range(), range())]).leaves).toHaveLength(1);
  });

  it('has a key of the structure, not of the numbers', () => {
    const key = (value: number, length = 3): string => {
      const x = leaf(length);
      return traceGraph([add(x, scalar(value, 'float32'))]).key;
    };
    expect(key(1)).toBe(key(2));
    expect(key(1, 4)).not.toBe(key(1, 3));
  });

  it('has a key that says which values are asked for', () => {
    const inner = add(leaf(), leaf());
    const outer = add(inner, inner);
    const keys = [traceGraph([inner, outer]).key, traceGraph([outer, inner]).key, traceGraph([outer]).key];
    expect(new Set(keys).size).toBe(3);
  });

  it('gives each output of an operation its own slot', () => {
    const output = { shape: [1], dtype: 'float32' } as const;
    const [first, second] = recordMany('Split', [leaf()], { outputs: [output, output] });
    const { targets } = traceGraph([first, second].flatMap((value) => value ?? []));
    expect(targets[1]).toBe((targets[0] ?? 0) + 1);
  });

  it('follows a chain far longer than the call stack is deep', () => {
    let chain = leaf();
    for (let length = 0; length < 50_000; length++) chain = add(chain, leaf());
    expect(traceGraph([chain]).nodes).toHaveLength(50_000);
  });
});
