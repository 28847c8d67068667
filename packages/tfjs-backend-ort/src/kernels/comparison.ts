import * as tf from '@tensorflow/tfjs-core';
import { cast, record, reshape } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { commonType } from './arithmetic.js';

/** Comparisons, logic, and choosing by a condition. */
export const comparisonKernels: readonly Kernel[] = [
  comparisonKernel(tf.Equal, 'Equal'),
  comparisonKernel(tf.Greater, 'Greater'),
  comparisonKernel(tf.GreaterEqual, 'GreaterOrEqual'),
  comparisonKernel(tf.Less, 'Less'),
  comparisonKernel(tf.LessEqual, 'LessOrEqual'),
  kernel<tf.NotEqualInputs>(tf.NotEqual, ({ a, b }) => not(compare('Equal', a, b))),
  kernel<tf.LogicalAndInputs>(tf.LogicalAnd, ({ a, b }) => logic('And', a, b)),
  kernel<tf.LogicalOrInputs>(tf.LogicalOr, ({ a, b }) => logic('Or', a, b)),
  kernel<tf.LogicalNotInputs>(tf.LogicalNot, ({ x }) => not(cast(x, 'bool'))),
  kernel<tf.SelectInputs>(tf.Select, ({ condition, t, e }) => {
    const dtype = commonType(t, e);
    return choose(alongOuterAxes(condition, t.shape.length), cast(t, dtype), cast(e, dtype));
  }),
];

/** `a op b`, element by element with broadcasting, as bool. */
export function compare(op: string, a: Value, b: Value): Value {
  const common = commonType(a, b);
  // ONNX orders numbers only.
  const dtype = common === 'bool' ? 'int32' : common;
  return record(op, [cast(a, dtype), cast(b, dtype)], { shape: broadcastShape(a, b), dtype: 'bool' });
}

export function logic(op: 'And' | 'Or', a: Value, b: Value): Value {
  return record(op, [cast(a, 'bool'), cast(b, 'bool')], { shape: broadcastShape(a, b), dtype: 'bool' });
}

export function not(x: Value): Value {
  return record('Not', [x], { shape: x.shape, dtype: 'bool' });
}

/** `yes` where the condition holds, else `no`, with broadcasting; both of one type. */
export function choose(condition: Value, yes: Value, no: Value): Value {
  if (yes.dtype === 'bool') return cast(choose(condition, cast(yes, 'int32'), cast(no, 'int32')), 'bool');
  const shape = tf.broadcast_util.assertAndGetBroadcastShape([...condition.shape], broadcastShape(yes, no));
  return record('Where', [cast(condition, 'bool'), yes, no], { shape, dtype: yes.dtype });
}

/** A vector of conditions chooses among whole rows: TensorFlow lines it up with the outermost axis. */
function alongOuterAxes(condition: Value, rank: number): Value {
  if (condition.shape.length !== 1 || rank < 2) return condition;
  return reshape(condition, [...condition.shape, ...new Array<number>(rank - 1).fill(1)]);
}

function broadcastShape(a: Value, b: Value): number[] {
  return tf.broadcast_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
}

function comparisonKernel(name: string, op: string): Kernel {
  return kernel<tf.BinaryInputs>(name, ({ a, b }) => compare(op, a, b));
}
