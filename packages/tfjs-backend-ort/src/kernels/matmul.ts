import * as tf from '@tensorflow/tfjs-core';
import { MICROSOFT_DOMAIN } from '../graph/constants.js';
import { KernelError } from '../graph/errors.js';
import { record, transpose } from '../graph/graph-builder.js';
import type { OutputSpec, Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { activate } from './activation.js';
import { binary } from './arithmetic.js';

/** Matrix products, in batches or not. */
export const matmulKernels: readonly Kernel[] = kernelsOf(productInPlace);

/** The same with a copy of each operand that is to be transposed. */
export const copyingMatmulKernels: readonly Kernel[] = kernelsOf(productOfCopies);

function kernelsOf(productOfTransposed: typeof productInPlace): Kernel[] {
  return [
    kernel<tf.BatchMatMulInputs, tf.BatchMatMulAttrs>(tf.BatchMatMul, ({ a, b }, transposed) =>
      matmul({ a, b }, transposed, productOfTransposed),
    ),
    kernel<FusedInputs, tf._FusedMatMulAttrs>(tf._FusedMatMul, ({ a, b, bias, preluActivationWeights }, attributes) => {
      const product = matmul({ a, b }, attributes, productOfTransposed);
      return activate(bias === undefined ? product : binary('Add', product, bias), {
        ...attributes,
        preluActivationWeights,
      });
    }),
  ];
}

interface FusedInputs {
  readonly a: Value;
  readonly b: Value;
  readonly bias: Value | undefined;
  readonly preluActivationWeights: Value | undefined;
}

interface Operands {
  readonly a: Value;
  readonly b: Value;
}

/** [..., m, k] × [..., k, n], either with its last two axes swapped; the outer axes broadcast. */
function matmul({ a, b }: Operands, swapped: tf.BatchMatMulAttrs, productOfTransposed: typeof productInPlace): Value {
  const { transposeA, transposeB } = swapped;
  if (Math.min(a.shape.length, b.shape.length) < 2) {
    throw new KernelError('A matrix has at least 2 dimensions.', { hint: 'Reshape the vector to [1, n] or [n, 1].' });
  }
  const [rows = 0, innerA = 0] = lastTwo(a, transposeA);
  const [innerB = 0, columns = 0] = lastTwo(b, transposeB);
  if (innerA !== innerB) {
    throw new KernelError(`The inner dimensions, ${innerA} and ${innerB}, differ.`, {
      hint: 'Give [..., m, k] and [..., k, n], or say which of the two is transposed.',
    });
  }
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const result = { shape: [...batch, rows, columns], dtype: a.dtype };
  if (!transposeA && !transposeB) return record('MatMul', [a, b], result);
  return (a.dtype === 'float32' ? productOfTransposed : productOfCopies)({ a, b }, swapped, result);
}

/** Reads float32 operands in place: a Transpose would copy them. */
function productInPlace(
  { a, b }: Operands,
  { transposeA, transposeB }: tf.BatchMatMulAttrs,
  result: OutputSpec,
): Value {
  const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
  return record('FusedMatMul', [a, b], { ...result, attributes, domain: MICROSOFT_DOMAIN });
}

function productOfCopies(
  { a, b }: Operands,
  { transposeA, transposeB }: tf.BatchMatMulAttrs,
  result: OutputSpec,
): Value {
  return record('MatMul', [transposeA ? swapLastTwo(a) : a, transposeB ? swapLastTwo(b) : b], result);
}

function lastTwo({ shape }: Value, swapped: boolean): number[] {
  const dimensions = shape.slice(-2);
  return swapped ? dimensions.reverse() : dimensions;
}

function swapLastTwo(x: Value): Value {
  const rank = x.shape.length;
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), rank - 1, rank - 2]);
}
