import { InputError } from '@rose/foundation';
import type { Selection } from '@rose/fine-tuning';
import { maskedAdamW } from './masked-adamw.js';
import { type Band, bandMask } from './quantile-band.js';
import { firstOrderSaliency, secondOrderSaliency } from './saliency.js';

export interface RoseOptions extends Partial<Band> {
  /** The percentile up to which saliencies are kept, 0 … 100. */
  readonly upper: number;
}

export interface RoseEnsembleOptions extends RoseOptions {
  /** γ weighs the first-order mask, 1 − γ the second-order one. */
  readonly gamma?: number;
}

/** ROSE-First: keeps the tensors that the KL of two dropout passes moves least. */
export function roseFirst(options: RoseOptions): Selection {
  const band = checkedBand(options);
  return {
    name: 'rose-first',
    rule: maskedAdamW,
    measure: firstOrderSaliency,
    select: ({ measured }) => bandMask(measured, band),
  };
}

/** ROSE-Second: keeps the tensors whose gradient departs least from the momentum, by the ratio of their norms. */
export function roseSecond(options: RoseOptions): Selection {
  const band = checkedBand(options);
  return {
    name: 'rose-second',
    rule: maskedAdamW,
    select(observation) {
      const saliencies = secondOrderSaliency(observation);
      // At the first step there is no momentum to compare with, so all are kept.
      if (observation.step === 1) return new Map([...saliencies.keys()].map((name) => [name, 1]));
      return bandMask(saliencies, band);
    },
  };
}

/** ROSE-Ensemble: the soft mask γ · first + (1 − γ) · second, in {0, γ, 1 − γ, 1}. */
export function roseEnsemble({ gamma = 0.5, ...options }: RoseEnsembleOptions): Selection {
  if (!(gamma >= 0 && gamma <= 1)) {
    throw new InputError(`γ must lie in [0, 1], not ${gamma}.`, {
      where: 'rose.gamma',
      hint: 'The released code uses 0.5.',
    });
  }
  const first = roseFirst(options);
  const second = roseSecond(options);
  return {
    name: 'rose-ensemble',
    rule: maskedAdamW,
    measure: firstOrderSaliency,
    select(observation) {
      const secondMask = second.select(observation);
      const blend = [...first.select(observation)].map(
        ([name, mask]) => [name, gamma * (mask as number) + (1 - gamma) * (secondMask.get(name) as number)] as const,
      );
      return new Map(blend);
    },
  };
}

function checkedBand({ lower = 0, upper }: RoseOptions): Band {
  if (!(lower >= 0 && upper <= 100 && lower < upper)) {
    throw new InputError(`The band [${lower}, ${upper}] must satisfy 0 ≤ lower < upper ≤ 100.`, {
      where: 'rose.lower, rose.upper',
      hint: 'All published settings have lower 0 and upper between 30 and 90.',
    });
  }
  return { lower, upper };
}
