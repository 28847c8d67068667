import type { Attribute, Attributes, GraphNode, OutputSpec, Shape, Value, ValueType } from './graph-node.js';
import { sameShape } from './graph-node.js';
import { type HostArray, type HostType, toHostArray } from './host-array.js';

export interface NodeOptions extends OutputSpec {
  readonly attributes?: Attributes;
  readonly domain?: string;
}

/** Records an operation with one output. Nothing is computed. */
export function record(op: string, inputs: readonly Value[], options: NodeOptions): Value {
  const node = makeNode(op, inputs, { ...options, outputs: [{ shape: options.shape, dtype: options.dtype }] });
  return { shape: options.shape, dtype: options.dtype, origin: { kind: 'computed', node, output: 0 } };
}

/** Records an operation with several outputs. */
export function recordMany(
  op: string,
  inputs: readonly Value[],
  { outputs, attributes = {} }: { outputs: readonly OutputSpec[]; attributes?: Attributes },
): Value[] {
  const node = makeNode(op, inputs, { attributes, outputs });
  return outputs.map(({ shape, dtype }, output) => ({ shape, dtype, origin: { kind: 'computed', node, output } }));
}

/** A value whose elements the caller holds. The array is kept, not copied. */
export function hostValue(array: HostArray, { shape, dtype }: { shape: Shape; dtype: HostType }): Value {
  return { shape, dtype, origin: { kind: 'host', array } };
}

/** A host value whose array nobody will change. `content` names what is in it, so that equal arrays are fed once. */
export function fixedValue(content: string, array: HostArray, spec: { shape: Shape; dtype: HostType }): Value {
  return { ...spec, origin: { kind: 'host', array, content: `${spec.dtype}[${spec.shape.join()}]${content}` } };
}

/** A number as a 0-d input. It is no part of the compiled graph, so that a new number needs no new session. */
export function scalar(value: number, dtype: ValueType): Value {
  const hostType: HostType = dtype === 'bool' || dtype === 'int32' ? dtype : 'float32';
  const host = hostValue(toHostArray([value], hostType), { shape: [], dtype: hostType });
  return cast(host, dtype);
}

/** A vector of int64 that is part of the compiled graph: a shape, axes, bounds. */
export function integers(values: readonly number[]): Value {
  return { shape: [values.length], dtype: 'int64', origin: { kind: 'constant', integers: values } };
}

/** The value in another element type; float to int truncates towards zero. */
export function cast(x: Value, dtype: ValueType): Value {
  if (x.dtype === dtype) return x;
  return record('Cast', [x], { shape: x.shape, dtype, attributes: { to: ONNX_TYPE[dtype] } });
}

/** The same elements under another shape of the same size. */
export function reshape(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  // Without this attribute a 0 would mean "as it was".
  const attributes = shape.includes(0) ? { allowzero: 1 } : {};
  return record('Reshape', [x, integers(shape)], { shape, dtype: x.dtype, attributes });
}

/** The value with a dimension of 1 put in at `axis`. */
export function unsqueeze(x: Value, axis: number): Value {
  return reshape(x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]);
}

/** The value repeated along its dimensions of 1, and along new outer ones, up to `shape`. */
export function expand(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  return record('Expand', [x, integers(shape)], { shape, dtype: x.dtype });
}

/** A tensor full of one number. */
export function filled(value: number, { shape, dtype }: OutputSpec): Value {
  return expand(scalar(value, dtype), shape);
}

/** The dimensions in another order; `permutation[i]` is the old axis that becomes axis i. */
export function transpose(x: Value, permutation: readonly number[]): Value {
  if (permutation.every((from, to) => from === to)) return x;
  const { origin } = x;
  if (origin.kind === 'computed' && origin.node.op === 'Transpose') {
    // Two transposes in a row are one.
    const [before] = origin.node.inputs;
    const first = origin.node.attributes['perm'] as readonly number[];
    if (before !== undefined)
      return transpose(
        before,
        permutation.map((axis) => first[axis] ?? axis),
      );
  }
  return permute(x, permutation);
}

/** A transpose that is always an operation of its own. */
export function permute(x: Value, permutation: readonly number[]): Value {
  const shape = permutation.map((axis) => x.shape[axis] ?? 1);
  return record('Transpose', [x], { shape, dtype: x.dtype, attributes: { perm: permutation } });
}

/** `TensorProto.DataType` of ONNX. */
export const ONNX_TYPE: Readonly<Record<ValueType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};

interface NodeSpec {
  readonly attributes?: Attributes;
  readonly domain?: string;
  readonly outputs: readonly OutputSpec[];
}

function makeNode(op: string, inputs: readonly Value[], spec: NodeSpec): GraphNode {
  const { attributes = {}, domain = '', outputs } = spec;
  return { op, domain, inputs, attributes, outputs, signature: sign(op, attributes, outputs.length) };
}

/** Concatenated by hand: this runs for every recorded operation of every step. */
function sign(op: string, attributes: Attributes, outputCount: number): string {
  let signature = outputCount === 1 ? op : `${op}:${outputCount}`;
  for (const name in attributes) signature += ` ${name}=${inWords(attributes[name])}`;
  return signature;
}

function inWords(attribute: Attribute | undefined): string {
  return typeof attribute === 'object' && 'real' in attribute ? `${attribute.real}r` : String(attribute);
}
