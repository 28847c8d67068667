import type { ParameterState, UpdateSettings } from '../update-rule.js';

/** A parameter with its moments in float64. */
export type ExactState = Record<keyof ParameterState, Float64Array>;

/** AdamW written out in float64 throughout: what the kernels are measured against. */
export function referenceAdamW(
  { weights, momentum, variance }: ExactState,
  gradient: Float32Array,
  { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale }: UpdateSettings,
): void {
  const stepSize = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const decay = learningRate * weightDecay;
  for (let i = 0; i < weights.length; i++) {
    const g = (gradient[i] as number) * gradientScale;
    const m = (momentum[i] = beta1 * (momentum[i] as number) + (1 - beta1) * g);
    const v = (variance[i] = beta2 * (variance[i] as number) + (1 - beta2) * g * g);
    const moved = (weights[i] as number) - (stepSize * m) / (Math.sqrt(v) + epsilon);
    weights[i] = moved - decay * moved;
  }
}
