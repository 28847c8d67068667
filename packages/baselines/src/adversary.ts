import { lookUp } from '@rose/foundation';
import { notNegative } from './checked-number.js';
import { type PerturbationNorm, perturbationNorms } from './perturbation.js';

/**
 * The adversary of FreeLB and PGD. The defaults stand in FreeLB's launch script for SST-2 and RoBERTa-large, in lines that
 * are commented out; docs/baselines.md has all published values.
 */
export interface AdversaryOptions {
  readonly norm?: PerturbationNorm;
  /** α, the length of an ascent (`adv_lr`). 0.1. */
  readonly stepSize?: number;
  /** How large δ₀ is (`adv_init_mag`, `rand_init_mag`); 0 starts from no perturbation. 0.5. */
  readonly magnitude?: number;
  /** The largest ‖δ‖ (`max_norm`); 0 for no bound. 0.4. */
  readonly maxNorm?: number;
  /**
   * All dropout masks are drawn once and held over the steps, as in fairseq, where `--no-sync-dp` switches it off. True.
   * Hugging Face's version holds those of the hidden states, and is run without dropout on attention.
   */
  readonly holdDropout?: boolean;
}

export type Adversary = Required<AdversaryOptions>;

/**
 * @param where the objective's name in settings
 * @throws InputError for a negative number or an unknown norm
 */
export function checkedAdversary(options: AdversaryOptions, where: string): Adversary {
  const number = (name: 'stepSize' | 'magnitude' | 'maxNorm', usual: number) =>
    notNegative(options[name] ?? usual, { where: `${where}.${name}`, hint: `Published for SST-2: ${usual}.` });
  return {
    norm: lookUp(perturbationNorms, options.norm ?? 'l2', { kind: 'norm', where: `${where}.norm` }),
    stepSize: number('stepSize', 0.1),
    magnitude: number('magnitude', 0.5),
    maxNorm: number('maxNorm', 0.4),
    holdDropout: options.holdDropout ?? true,
  };
}
