import { InputError } from '@rose/foundation';
import type { Band } from './quantile-band.js';
import { type Granularity, type Ratio, ratioFactors } from './saliency.js';

export interface RoseOptions extends Partial<Band> {
  /** The percentile up to which saliencies are kept, 0 … 100. */
  readonly upper: number;
  /** `tensor` by default. */
  readonly granularity?: Granularity;
}

export interface RoseSecondOptions extends RoseOptions {
  /** `released` by default. */
  readonly ratio?: Ratio;
  /** The optimizer's β₁, for the ratios that depend on it; 0.9 by default. */
  readonly beta1?: number;
}

export interface RoseEnsembleOptions extends RoseSecondOptions {
  /** γ weighs the first-order mask, 1 − γ the second-order one; 0.5 by default. */
  readonly gamma?: number;
}

/** Fills in what the released code does. */
export function checkedOptions(options: RoseEnsembleOptions): Required<RoseEnsembleOptions> {
  const { lower = 0, upper, gamma = 0.5, granularity = 'tensor', ratio = 'released', beta1 = 0.9 } = options;
  if (!(lower >= 0 && upper <= 100 && lower < upper)) {
    throw new InputError(`The band [${lower}, ${upper}] must satisfy 0 ≤ lower < upper ≤ 100.`, {
      where: 'rose.lower, rose.upper',
      hint: 'All published settings have lower 0 and upper between 30 and 90.',
    });
  }
  if (!(gamma >= 0 && gamma <= 1)) {
    throw new InputError(`γ must lie in [0, 1], not ${gamma}.`, {
      where: 'rose.gamma',
      hint: 'The released code uses 0.5.',
    });
  }
  if (!(ratio in ratioFactors)) {
    throw new InputError(`There is no ratio '${ratio}'.`, {
      where: 'rose.ratio',
      hint: `Known: ${Object.keys(ratioFactors).join(', ')}.`,
    });
  }
  return { lower, upper, gamma, granularity, ratio, beta1 };
}
