import * as tf from '@tensorflow/tfjs-core';
import { OrtBackendError } from './graph/errors.js';
import { permute } from './graph/graph-builder.js';
import { type Kernel, kernel } from './backend/kernel.js';
import { binary } from './kernels/arithmetic.js';
import { kernels } from './kernels/index.js';
import { copyingMatmulKernels } from './kernels/matmul.js';
import { sumKernel } from './kernels/reduction.js';
import { segmentSumKernel } from './kernels/scatter.js';
import { sumOfRows, sumOfSquares } from './kernels/sum.js';

/** The kernels that take the place of fused ones, and the names of kernels that exist only as a fusion. */
type Plain = readonly (Kernel | string)[];

/**
 * Fusions are kernels that save passes over memory. Each can be left out, to measure what it gains. ONNX Runtime redoes
 * some of them when it optimises the graph.
 */
const fusions: ReadonlyMap<string, (without: ReadonlySet<string>) => Plain> = new Map([
  ['gelu', () => ['Gelu']],
  ['layer-norm', () => ['LayerNormalization']],
  ['rotary', () => ['RotaryEmbedding']],
  ['dropout-masks', () => [kernel<tf.MultiplyInputs>(tf.Multiply, ({ a, b }) => binary('Mul', a, b))]],
  ['transposed-operands', () => copyingMatmulKernels],
  [
    'transposes',
    () => [kernel<tf.TransposeInputs, tf.TransposeAttrs>(tf.Transpose, ({ x }, { perm }) => permute(x, perm))],
  ],
  ['sums-by-id', () => [segmentSumKernel((sum) => sum)]],
  ['square-sums', plainSums],
  ['row-sums', plainSums],
]);

/** The fusions that `registerOrtBackend({ without })` can leave out. */
export const fusionNames: readonly string[] = [...fusions.keys()];

/**
 * Every kernel of the backend, with plain kernels in place of these fusions.
 * @throws OrtBackendError for an unknown name
 */
export function kernelsWithout(names: readonly string[]): readonly Kernel[] {
  const without = new Set(names);
  const replaced = new Map<string, readonly Kernel[]>();
  for (const name of without) {
    for (const plain of plainOf(name)(without)) {
      if (typeof plain === 'string') replaced.set(plain, []);
      else replaced.set(plain.name, [plain]);
    }
  }
  return kernels.flatMap((usual) => replaced.get(usual.name) ?? [usual]);
}

function plainOf(name: string): (without: ReadonlySet<string>) => Plain {
  const found = fusions.get(name);
  if (found !== undefined) return found;
  throw new OrtBackendError(`There is no fusion "${name}".`, { hint: `Known: ${fusionNames.join(', ')}.` });
}

/** Both fusions of sums are in one kernel. */
function plainSums(without: ReadonlySet<string>): Plain {
  const forms = [
    { name: 'square-sums', form: sumOfSquares },
    { name: 'row-sums', form: sumOfRows },
  ];
  return [sumKernel(forms.flatMap(({ name, form }) => (without.has(name) ? [] : [form])))];
}
