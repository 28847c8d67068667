import * as tf from '@tensorflow/tfjs-core';
import { cast, record } from '../graph/graph-builder.js';
import type { Value, ValueType } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { scaledBits } from './scaled-bits.js';

/** Operators on two numbers. Booleans count as 0 and 1. */
export const arithmeticKernels: readonly Kernel[] = [
  binaryKernel(tf.Add, 'Add'),
  binaryKernel(tf.Sub, 'Sub'),
  kernel<tf.MultiplyInputs>(tf.Multiply, ({ a, b }) => scaledBits(a, b) ?? scaledBits(b, a) ?? binary('Mul', a, b)),
  binaryKernel(tf.RealDiv, 'Div'),
  binaryKernel(tf.Maximum, 'Max'),
  binaryKernel(tf.Minimum, 'Min'),
  binaryKernel(tf.Pow, 'Pow'),
  kernel<tf.SquaredDifferenceInputs>(tf.SquaredDifference, ({ a, b }) => {
    const difference = binary('Sub', a, b);
    return binary('Mul', difference, difference);
  }),
  kernel<tf.FloorDivInputs>(tf.FloorDiv, ({ a, b }) => {
    // In 64 bits, because float32 does not hold every int32, and ONNX Runtime's own division of integers truncates.
    const quotient = binary('Div', cast(a, 'float64'), cast(b, 'float64'));
    return cast(record('Floor', [quotient], quotient), 'int32');
  }),
  kernel<tf.ModInputs>(tf.Mod, ({ a, b }) => cast(mod(cast(a, 'float64'), cast(b, 'float64')), commonType(a, b))),
  kernel<tf.BitwiseAndInputs>(tf.BitwiseAnd, ({ a, b }) => binary('BitwiseAnd', a, b)),
  kernel<tf.AddNInputs>(tf.AddN, (terms) => terms.reduce((sum, term) => binary('Add', sum, term))),
];

/** An arithmetic operator with broadcasting; the result has the wider of the two types. */
export function binary(op: string, a: Value, b: Value): Value {
  const dtype = commonType(a, b);
  const computed = dtype === 'bool' ? 'int32' : dtype;
  const shape = tf.broadcast_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
  return cast(record(op, [cast(a, computed), cast(b, computed)], { shape, dtype: computed }), dtype);
}

/** The type that holds the elements of all: float32 before int32 before bool. */
export function commonType(...values: readonly Value[]): ValueType {
  return values
    .map(({ dtype }) => dtype)
    .reduce((a, b) => (a === b ? a : (tf.upcastType(a as tf.DataType, b as tf.DataType) as ValueType)));
}

/** The remainder with the sign of the divisor, of float64: ONNX's has that of the dividend. */
function mod(a: Value, b: Value): Value {
  const shape = tf.broadcast_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
  const spec = { shape, dtype: 'float64', attributes: { fmod: 1 } } as const;
  // Adding the divisor gives the right sign; the second Mod undoes it where the sign was right before.
  return record('Mod', [binary('Add', record('Mod', [a, b], spec), b), b], spec);
}

function binaryKernel(name: string, op: string): Kernel {
  return kernel<tf.BinaryInputs>(name, ({ a, b }) => binary(op, a, b));
}
