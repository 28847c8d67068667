import type { Kernel } from '../kernel.js';
import { arithmeticKernels } from './arithmetic.js';
import { comparisonKernels } from './comparison.js';
import { creationKernels } from './creation.js';
import { gatherScatterKernels } from './gather-scatter.js';
import { matmulKernels } from './matmul.js';
import { reductionKernels } from './reduction.js';
import { scanSortKernels } from './scan-sort.js';
import { shapeKernels } from './shape.js';
import { slicingKernels } from './slicing.js';
import { softmaxKernels } from './softmax.js';
import { unaryKernels } from './unary.js';

/** Every kernel that the backend has. */
export const kernels: readonly Kernel[] = [
  ...arithmeticKernels,
  ...comparisonKernels,
  ...unaryKernels,
  ...reductionKernels,
  ...shapeKernels,
  ...slicingKernels,
  ...gatherScatterKernels,
  ...creationKernels,
  ...scanSortKernels,
  ...matmulKernels,
  ...softmaxKernels,
];
