import type { Mask, ParameterState, UpdateSettings } from '@rose/fine-tuning';

/** A parameter with its moments in float64. */
export type ExactState = Record<keyof ParameterState, Float64Array>;

/** The equations of rose.md 1.2 written out in float64 throughout: what the kernels are measured against. */
export function referenceMaskedAdamW(
  { weights, momentum, variance }: ExactState,
  gradient: Float32Array,
  { settings, mask }: { readonly settings: UpdateSettings; readonly mask: Mask },
): void {
  const { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale } = settings;
  const stepSize = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  for (let i = 0; i < weights.length; i++) {
    const mu = typeof mask === 'number' ? mask : (mask[i] as number);
    const before = momentum[i] as number;
    const g = mu * (gradient[i] as number) * gradientScale + (1 - mu) * before;
    // b·m + (1−b)·m is m but for rounding.
    const m = (momentum[i] = mu === 0 ? before : beta1 * before + (1 - beta1) * g);
    const v = (variance[i] = beta2 * (variance[i] as number) + (1 - beta2) * g * g);
    const moved = (weights[i] as number) - (stepSize * mu * m) / (Math.sqrt(v) + epsilon);
    weights[i] = moved - learningRate * weightDecay * mu * moved;
  }
}
