export { adamW, adamWCoefficients } from './adamw.js';
export type { EpochBatch } from './batches.js';
export { clippingFactor } from './clipping.js';
export { composeSelections } from './compose-selections.js';
export { crossEntropy } from './cross-entropy.js';
export { symmetricDivergence } from './divergence.js';
export { evaluateTogether, recycle } from './evaluate-together.js';
export type { Coefficients, OperandName } from './kernels/kernel-memory.js';
export { runKernel } from './kernels/run-kernel.js';
export type { Operands } from './kernels/run-kernel.js';
export type { NoiseDistribution } from './noise.js';
export type { MaskDigest } from './mask-shares.js';
export { hostNorm2, norm2 } from './norms.js';
export { gated } from './masks.js';
export { defineObjective } from './objective.js';
export type {
  MethodDescriptor,
  Objective,
  ObjectiveDefinition,
  ObjectiveDescriptor,
  StepGradients,
} from './objective.js';
export { Optimizer } from './optimizer.js';
export type { OptimizerSettings, OptimizerStep } from './optimizer.js';
export { argmax, predict } from './predict.js';
export type { PredictOptions } from './predict.js';
export { prepareSelection } from './prepare-selection.js';
export type { PreparationOptions } from './prepare-selection.js';
export { quantile, quantileOfAll } from './quantile.js';
export { defineSelection } from './selection.js';
export type {
  Gate,
  Measurement,
  PublishedFor,
  Selection,
  SelectionDefinition,
  SelectionDescriptor,
  StepObservation,
  Substitute,
} from './selection.js';
export { StepContext } from './step-context.js';
export type { PassOptions, StepContextOptions } from './step-context.js';
export { train } from './train.js';
export type { EpochLog, StepLog, TrainingOptions, TrainingResult, TrainingSettings } from './train.js';
export type { PreviewedSet, TrainingPreview } from './training-preview.js';
export { TrainingSet } from './training-set.js';
export type { TrainingSetOptions } from './training-set.js';
export { trainingStep } from './training-step.js';
export type { StepReport, TrainingStepOptions } from './training-step.js';
export type { Mask, ParameterState, UpdateRule, UpdateSettings } from './update-rule.js';
