import * as tf from '@tensorflow/tfjs-core';
import { cast, record } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { commonType } from './arithmetic.js';
import { asTensorInfo } from './tensor-info.js';

const { checkEinsumDimSizes, decodeEinsumEquation } = tf.backend_util;

/** Products and sums over named axes: `ij,jk->ik`. */
export const einsumKernels: readonly Kernel[] = [
  kernel<tf.EinsumInputs, tf.EinsumAttrs>(tf.Einsum, (operands, { equation }) => {
    const shape = resultShape(operands, equation);
    const common = commonType(...operands);
    const dtype = common === 'bool' ? 'int32' : common;
    const inputs = operands.map((operand) => cast(operand, dtype));
    return record('Einsum', inputs, { shape, dtype, attributes: { equation: equation.replaceAll(/\s/g, '') } });
  }),
];

/** @throws Error where the equation does not fit the operands */
function resultShape(operands: readonly Value[], equation: string): number[] {
  const { allDims, summedDims, idDims } = decodeEinsumEquation(equation, operands.length);
  checkEinsumDimSizes(allDims.length, idDims, operands.map(asTensorInfo) as tf.Tensor[]);
  const sizes = new Map<number, number>();
  operands.forEach(({ shape }, index) => {
    idDims[index]?.forEach((dim, axis) => sizes.set(dim, shape[axis] ?? 1));
  });
  // The names of the result's axes come first.
  return Array.from({ length: allDims.length - summedDims.length }, (_, dim) => sizes.get(dim) ?? 1);
}
