import type { Kernel } from '../backend/kernel.js';
import { activationKernels } from './activation.js';
import { arithmeticKernels } from './arithmetic.js';
import { batchNormKernels } from './batch-norm.js';
import { comparisonKernels } from './comparison.js';
import { countingKernels } from './counting.js';
import { creationKernels } from './creation.js';
import { einsumKernels } from './einsum.js';
import { gatherKernels } from './gather.js';
import { fusedKernels } from './fused.js';
import { matmulKernels } from './matmul.js';
import { paddingKernels } from './padding.js';
import { randomKernels } from './random.js';
import { reductionKernels } from './reduction.js';
import { scanSortKernels } from './scan-sort.js';
import { scatterKernels } from './scatter.js';
import { shapeKernels } from './shape.js';
import { slicingKernels } from './slicing.js';
import { softmaxKernels } from './softmax.js';
import { spaceBatchKernels } from './space-batch.js';
import { trigonometryKernels } from './trigonometry.js';
import { unaryKernels } from './unary.js';

/** Every kernel that the backend has. */
export const kernels: readonly Kernel[] = [
  ...arithmeticKernels,
  ...comparisonKernels,
  ...unaryKernels,
  ...trigonometryKernels,
  ...activationKernels,
  ...reductionKernels,
  ...shapeKernels,
  ...slicingKernels,
  ...paddingKernels,
  ...spaceBatchKernels,
  ...gatherKernels,
  ...scatterKernels,
  ...countingKernels,
  ...creationKernels,
  ...scanSortKernels,
  ...randomKernels,
  ...matmulKernels,
  ...fusedKernels,
  ...einsumKernels,
  ...batchNormKernels,
  ...softmaxKernels,
];
