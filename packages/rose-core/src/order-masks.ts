import type { Mask, StepObservation } from '@rose/fine-tuning';
import { isMaskable } from './maskable.js';
import { type Band, bandMask, elementBandMask } from './quantile-band.js';
import {
  type Granularity,
  type Ratio,
  elementSaliency,
  ratioFactor,
  secondOrderElementSaliency,
  secondOrderSaliency,
} from './saliency.js';

type Masks = ReadonlyMap<string, Mask>;

export interface FirstOrderOptions extends Band {
  readonly granularity: Granularity;
}

export interface SecondOrderOptions extends FirstOrderOptions {
  readonly ratio: Ratio;
}

/** The first-order mask, from the saliencies that the step has measured. */
export function firstOrderMask({ measured }: StepObservation, { granularity, ...band }: FirstOrderOptions): Masks {
  if (granularity === 'element') return elementBandMask(elementSaliency(measured), band);
  return bandMask(new Map([...measured].map(([name, [s]]) => [name, s ?? Number.NaN])), band);
}

/** The second-order mask, from gradients and momenta. At the first step there is no momentum yet, and all are kept. */
export function secondOrderMask(
  observation: StepObservation,
  { granularity, ratio, ...band }: SecondOrderOptions,
): Masks {
  const { step, gradientNorms, beta1 } = observation;
  if (step === 1) return new Map([...gradientNorms.keys()].filter(isMaskable).map((name) => [name, 1]));
  const factor = ratioFactor(ratio, { beta1, step });
  return granularity === 'element'
    ? elementBandMask(secondOrderElementSaliency(observation, factor), band)
    : bandMask(secondOrderSaliency(observation, factor), band);
}

/** The soft mask γ · first + (1 − γ) · second, in {0, γ, 1 − γ, 1}. */
export function blend(first: Mask, second: Mask, gamma: number): Mask {
  if (typeof first === 'number') {
    return typeof second === 'number' ? gamma * first + (1 - gamma) * second : blend(second, first, 1 - gamma);
  }
  const mask = new Float32Array(first.length);
  for (let i = 0; i < mask.length; i++) {
    const other = typeof second === 'number' ? second : (second[i] as number);
    mask[i] = gamma * (first[i] as number) + (1 - gamma) * other;
  }
  return mask;
}
