import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { ONNX_IR_VERSION } from '../graph/constants.js';
import { AttributeProto_AttributeType, type ModelProto, ModelProtoSchema, Version } from '../generated/onnx_pb.js';
import { hostValue, integers, record, recordMany, transpose } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { encodeModel } from './onnx-model.js';
import { traceGraph } from '../graph/trace.js';

const matrix = (shape: readonly number[]): Value =>
  hostValue(new Float32Array(shape.reduce((size, length) => size * length, 1)), { shape, dtype: 'float32' });

/** The model as a reader of the format sees it; the output that is never read stands first in nodes and outputs. */
function encoded(...targets: Value[]): ModelProto {
  return fromBinary(ModelProtoSchema, encodeModel(traceGraph(targets), targets));
}

const shapesOf = (values: NonNullable<ModelProto['graph']>['input']) =>
  values.map(({ type }) => {
    const { value } = type ?? {};
    if (value?.case !== 'tensorType') return value?.case;
    return [value.value.elemType, ...(value.value.shape?.dim ?? []).map((dim) => Number(dim.value.value))];
  });

describe('encodeModel', () => {
  it('writes a version of the format that the generated messages know', () => {
    const { irVersion, opsetImport } = encoded(transpose(matrix([2, 3]), [1, 0]));
    expect(irVersion).toBe(BigInt(ONNX_IR_VERSION));
    expect(ONNX_IR_VERSION).toBeLessThanOrEqual(Version.IR_VERSION);
    expect(opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([
      ['', 18],
      ['com.microsoft', 1],
    ]);
  });

  it('writes every kind of attribute, and each operation its own where they share an operator', () => {
    const x = matrix([2, 2]);
    const spec = { shape: [2, 2], dtype: 'float32' } as const;
    const attributes = { whole: -3, list: [0, -1, 2 ** 40], text: 'größer', real: { real: 0.25 }, one: { real: 1 } };
    const a = record('Op', [x], { ...spec, attributes });
    const b = record('Op', [x], { ...spec, attributes: { ...attributes, whole: 4 } });
    const { INT, INTS, STRING, FLOAT } = AttributeProto_AttributeType;
    const [, first, second] = encoded(a, b).graph?.node ?? [];
    expect(first?.attribute).toMatchObject([
      { name: 'whole', type: INT, i: -3n },
      { name: 'list', type: INTS, ints: [0n, -1n, 2n ** 40n] },
      { name: 'text', type: STRING, s: new TextEncoder().encode('größer') },
      { name: 'real', type: FLOAT, f: 0.25 },
      { name: 'one', type: FLOAT, f: 1 },
    ]);
    expect(second?.attribute[0]?.i).toBe(4n);
    expect(second?.attribute.slice(1)).toEqual(first?.attribute.slice(1));
  });

  it('writes the types of inputs and outputs, and constants with their numbers', () => {
    const [wide, high, flags] = [
      matrix([1, 6]),
      matrix([6, 1]),
      hostValue(new Uint8Array(1), { shape: [], dtype: 'bool' }),
    ];
    const reshaped = record('Reshape', [wide, integers([-1, 3])], { shape: [2, 3], dtype: 'float32' });
    const targets = [reshaped, record('Neg', [high], high), record('Not', [flags], flags)];
    const { graph } = encoded(...targets);
    expect(shapesOf(graph?.input ?? [])).toEqual([[1, 1, 6], [1, 6, 1], [9]]);
    expect(shapesOf(graph?.output ?? [])).toEqual(['sequenceType', [1, 2, 3], [1, 6, 1], [9]]);
    expect(graph?.initializer).toMatchObject([{ dims: [2n], dataType: 7, int64Data: [-1n, 3n] }]);
  });

  it('wires operations by the names of their values', () => {
    const half = { shape: [1], dtype: 'float32' } as const;
    const [low, high] = recordMany('Split', [matrix([2])], { outputs: [half, half] }) as [Value, Value];
    const { graph } = encoded(record('Sub', [high, low], half));
    const [, split, sub] = graph?.node ?? [];
    expect(split?.input).toEqual(graph?.input.map(({ name }) => name));
    expect(sub?.input).toEqual([...(split?.output ?? [])].reverse());
    expect(graph?.output.at(-1)?.name).toBe(sub?.output[0]);
  });
});
