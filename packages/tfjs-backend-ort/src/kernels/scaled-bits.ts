import { record } from '../graph/graph-builder.js';
import { type Value, sizeOf } from '../graph/graph-node.js';

/**
 * `factor · bits` where `bits` is a fed array of booleans, cast to numbers, as a dropout mask is. ONNX Runtime's
 * DequantizeLinear computes factor · byte in one pass, faster than Cast and Mul. Undefined for anything else.
 */
export function scaledBits(bits: Value, factor: Value): Value | undefined {
  const bytes = bytesOf(bits);
  if (bytes === undefined || factor.dtype !== 'float32' || factor.shape.length !== 0) return undefined;
  return record('DequantizeLinear', [bytes, factor], { shape: bits.shape, dtype: 'float32' });
}

/** The bytes under a cast to float32 of fed booleans. */
function bytesOf({ origin, dtype }: Value): Value | undefined {
  if (dtype !== 'float32' || origin.kind !== 'computed' || origin.node.op !== 'Cast') return undefined;
  const [bits] = origin.node.inputs;
  if (bits?.dtype !== 'bool' || bits.origin.kind !== 'host' || sizeOf(bits.shape) === 0) return undefined;
  const known = asBytes.get(bits);
  if (known !== undefined) return known;
  const bytes: Value = { shape: bits.shape, dtype: 'uint8', origin: bits.origin };
  asBytes.set(bits, bytes);
  return bytes;
}

/** One value for the bytes of each array, so that a mask that is used twice is fed once. */
const asBytes = new WeakMap<Value, Value>();
