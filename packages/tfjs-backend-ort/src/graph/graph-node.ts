import type { HostArray, HostType } from './host-array.js';

/** Dimensions, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** Element types inside a graph. A type that is no `HostType` never leaves it. `uint8` is a fed bool read as numbers. */
export type ValueType = HostType | 'int64' | 'float64' | 'uint8';

/** An ONNX attribute: an integer, a list of integers, a string, or a real number. */
export type Attribute = number | readonly number[] | string | Real;

/** A real number as an attribute, even if it is whole. */
export interface Real {
  readonly real: number;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** Shape and type of what an operation gives. */
export interface OutputSpec {
  readonly shape: Shape;
  readonly dtype: ValueType;
}

/** One recorded operation: an ONNX operator, its inputs, and its attributes. */
export interface GraphNode {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  /** Shape and type of each output. */
  readonly outputs: readonly OutputSpec[];
  /** Operator and attributes as text. Two nodes with the same signature and inputs compute the same. */
  readonly signature: string;
}

/** Elements that lie on the host and are fed to a graph when it runs. */
export interface HostOrigin {
  readonly kind: 'host';
  readonly array: HostArray;
  /** A name for the content of an array that never changes. Leaves of the same content are fed once. */
  readonly content?: string;
}

/** A vector of integers written into the model itself: shapes, axes, split sizes. */
export interface ConstantOrigin {
  readonly kind: 'constant';
  readonly integers: readonly number[];
}

/** One output of a recorded operation that has not been run yet. */
export interface ComputedOrigin {
  readonly kind: 'computed';
  readonly node: GraphNode;
  readonly output: number;
}

/** Elements that were on the host until their array was given back. */
export interface RecycledOrigin {
  readonly kind: 'recycled';
}

/**
 * A value in a graph, known by where it comes from. Evaluation turns a computed value into a host value, which no longer
 * refers to its node, so that the recorded operations behind it can be freed.
 */
export interface Value {
  readonly shape: Shape;
  readonly dtype: ValueType;
  origin: HostOrigin | ConstantOrigin | ComputedOrigin | RecycledOrigin;
}

/** `float32 [2,3]`, as errors name a value. */
export function describeValue({ shape, dtype }: Pick<Value, 'shape'> & { dtype: string }): string {
  return `${dtype} [${shape.join(',')}]`;
}

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a === b || (a.length === b.length && a.every((dimension, axis) => dimension === b[axis]));
}
