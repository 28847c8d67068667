import * as tf from '@tensorflow/tfjs-core';
import { cast, scalar } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { binary } from './arithmetic.js';
import { choose, compare } from './comparison.js';
import { real } from './unary.js';

/** Circular and hyperbolic functions. */
export const trigonometryKernels: readonly Kernel[] = [
  ...[tf.Sin, tf.Cos, tf.Tan, tf.Asin, tf.Acos, tf.Atan, tf.Sinh, tf.Cosh, tf.Tanh, tf.Asinh, tf.Acosh, tf.Atanh].map(
    // ONNX has the same names.
    (name) => kernel<tf.UnaryInputs>(name, ({ x }) => real(name, x)),
  ),
  kernel<tf.Atan2Inputs>(tf.Atan2, ({ a, b }) => angle(a, b)),
];

/** The angle of the point (x, y), in (-π, π], as `Math.atan2` gives it, except that the sign of a zero does not count. */
function angle(y: Value, x: Value): Value {
  const [up, right] = [cast(y, 'float32'), cast(x, 'float32')];
  const zero = scalar(0, 'float32');
  const slope = binary('Div', up, real('Abs', right));
  const onTheRight = choose(compare('Equal', up, zero), zero, real('Atan', slope));
  const halfTurn = choose(compare('Less', up, zero), scalar(-Math.PI, 'float32'), scalar(Math.PI, 'float32'));
  return choose(compare('Less', right, zero), binary('Sub', halfTurn, onTheRight), onTheRight);
}
