import * as tf from '@tensorflow/tfjs-core';
import { cast, record, scalar } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { binary } from './arithmetic.js';
import { choose, compare, logic, not } from './comparison.js';

/** Functions of one number. */
export const unaryKernels: readonly Kernel[] = [
  unaryKernel(tf.Neg, (x) => same('Neg', x)),
  unaryKernel(tf.Abs, (x) => same('Abs', x)),
  unaryKernel(tf.Square, (x) => binary('Mul', x, x)),
  unaryKernel(tf.Sign, sign),

  // For whole numbers the result is exact to the last digit of float32 only if it is computed in float64.
  unaryKernel(tf.Exp, (x) =>
    x.dtype === 'float32' ? same('Exp', x) : cast(same('Exp', cast(x, 'float64')), 'float32'),
  ),
  unaryKernel(tf.Expm1, (x) => inDouble(x, (wide) => binary('Sub', same('Exp', wide), scalar(1, 'float64')))),
  unaryKernel(tf.Log, (x) => real('Log', x)),
  unaryKernel(tf.Log1p, (x) => inDouble(x, (wide) => same('Log', binary('Add', wide, scalar(1, 'float64'))))),
  unaryKernel(tf.Sqrt, (x) => real('Sqrt', x)),
  unaryKernel(tf.Rsqrt, (x) => real('Reciprocal', real('Sqrt', x))),
  unaryKernel(tf.Reciprocal, (x) => real('Reciprocal', x)),
  unaryKernel(tf.Sigmoid, (x) => real('Sigmoid', x)),
  unaryKernel(tf.Softplus, (x) => real('Softplus', x)),
  unaryKernel(tf.Erf, (x) => real('Erf', x)),

  unaryKernel(tf.Floor, (x) => real('Floor', x)),
  unaryKernel(tf.Ceil, (x) => real('Ceil', x)),
  // Halves go to the even neighbour in ONNX as in TensorFlow.
  unaryKernel(tf.Round, (x) => real('Round', x)),

  unaryKernel(tf.Relu, relu),
  kernel<tf.StepInputs, tf.StepAttrs>(tf.Step, ({ x }, { alpha }) => {
    const steps = choose(compare('Greater', x, scalar(0, x.dtype)), scalar(1, x.dtype), scalar(alpha, x.dtype));
    return x.dtype === 'float32' ? choose(isNan(x), x, steps) : steps;
  }),
  kernel<tf.ClipByValueInputs, tf.ClipByValueAttrs>(tf.ClipByValue, ({ x }, { clipValueMin, clipValueMax }) =>
    record('Clip', [x, scalar(clipValueMin, x.dtype), scalar(clipValueMax, x.dtype)], x),
  ),

  unaryKernel(tf.IsNan, isNan),
  unaryKernel(tf.IsInf, isInf),
  unaryKernel(tf.IsFinite, (x) => not(logic('Or', isNan(x), isInf(x)))),
];

/** max(x, 0). */
export function relu(x: Value): Value {
  return binary('Max', x, scalar(0, x.dtype));
}

/** An operator that ONNX has for every type of number; a boolean counts as 0 or 1. */
function same(op: string, x: Value): Value {
  if (x.dtype === 'bool') return cast(same(op, cast(x, 'int32')), 'bool');
  return record(op, [x], { shape: x.shape, dtype: x.dtype });
}

/** An operator that ONNX has for real numbers only. The result has the type of x, as in TensorFlow.js. */
export function real(op: string, x: Value): Value {
  return cast(same(op, cast(x, 'float32')), x.dtype);
}

/** In float64: around 0, `log(1 + x)` in float32 loses all of x. */
function inDouble(x: Value, compute: (wide: Value) => Value): Value {
  return cast(compute(cast(x, 'float64')), x.dtype);
}

/** -1, 0 or 1; the sign of NaN is 0, as in TensorFlow.js. */
function sign(x: Value): Value {
  const zero = scalar(0, x.dtype);
  const above = cast(compare('Greater', x, zero), 'int32');
  const below = cast(compare('Less', x, zero), 'int32');
  return cast(binary('Sub', above, below), x.dtype);
}

export function isNan(x: Value): Value {
  return record('IsNaN', [cast(x, 'float32')], asBool(x));
}

function isInf(x: Value): Value {
  return record('IsInf', [cast(x, 'float32')], asBool(x));
}

function asBool({ shape }: Value): { shape: Value['shape']; dtype: 'bool' } {
  return { shape, dtype: 'bool' };
}

function unaryKernel(name: string, compute: (x: Value) => Value): Kernel {
  return kernel<tf.UnaryInputs>(name, ({ x }) => compute(x));
}
