import { InputError } from '@rose/foundation';
import type { Mask, Selection, StepObservation, TrainingPreview } from '@rose/fine-tuning';
import { isMaskable } from './maskable.js';
import { maskedAdamW } from './masked-adamw.js';
import { bandMask, elementBandMask } from './quantile-band.js';
import { type RoseEnsembleOptions, type RoseOptions, type RoseSecondOptions, checkedOptions } from './rose-options.js';
import {
  elementSaliency,
  firstOrderSaliency,
  ratioFactors,
  secondOrderElementSaliency,
  secondOrderSaliency,
} from './saliency.js';

type Options = Required<RoseEnsembleOptions>;
type Masks = ReadonlyMap<string, Mask>;

/** ROSE-First: keeps the tensors that the KL of two dropout passes moves least. */
export function roseFirst(roseOptions: RoseOptions): Selection {
  const options = checkedOptions(roseOptions);
  return {
    name: 'rose-first',
    rule: maskedAdamW,
    prepare: refuseUnmaskable,
    measure: (context) => firstOrderSaliency(context, options.granularity),
    select: (observation) => firstOrderMask(observation, options),
  };
}

/** ROSE-Second: keeps the tensors whose gradient departs least from the momentum, by the ratio of their norms. */
export function roseSecond(roseOptions: RoseSecondOptions): Selection {
  const options = checkedOptions(roseOptions);
  return {
    name: 'rose-second',
    rule: maskedAdamW,
    prepare: refuseUnmaskable,
    select: (observation) => secondOrderMask(observation, options),
  };
}

/** ROSE-Ensemble: the soft mask γ · first + (1 − γ) · second, in {0, γ, 1 − γ, 1}. */
export function roseEnsemble(roseOptions: RoseEnsembleOptions): Selection {
  const options = checkedOptions(roseOptions);
  return {
    name: 'rose-ensemble',
    rule: maskedAdamW,
    prepare: refuseUnmaskable,
    measure: (context) => firstOrderSaliency(context, options.granularity),
    select(observation) {
      const second = secondOrderMask(observation, options);
      const first = firstOrderMask(observation, options);
      return new Map([...first].map(([name, mask]) => [name, blend(mask, second.get(name) ?? 1, options.gamma)]));
    },
  };
}

function firstOrderMask({ measured }: StepObservation, { granularity, ...band }: Options): Masks {
  if (granularity === 'element') return elementBandMask(elementSaliency(measured), band);
  return bandMask(new Map([...measured].map(([name, [s]]) => [name, s ?? Number.NaN])), band);
}

function secondOrderMask(observation: StepObservation, { granularity, ratio, beta1, ...band }: Options): Masks {
  const { step, gradientNorms } = observation;
  // At the first step there is no momentum to compare with, so all are kept.
  if (step === 1) return new Map([...gradientNorms.keys()].filter(isMaskable).map((name) => [name, 1]));
  const factor = ratioFactors[ratio](beta1, step);
  return granularity === 'element'
    ? elementBandMask(secondOrderElementSaliency(observation, factor), band)
    : bandMask(secondOrderSaliency(observation, factor), band);
}

/** γ · first + (1 − γ) · second. */
function blend(first: Mask, second: Mask, gamma: number): Mask {
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

function refuseUnmaskable({ shapes }: TrainingPreview): void {
  if ([...shapes.keys()].some(isMaskable)) return;
  throw new InputError('ROSE has nothing to mask in this model.', {
    hint: 'It masks parameters whose name contains both `layer` and `weight`; choose another model or another variant.',
  });
}
