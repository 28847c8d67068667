import { z } from 'zod';

const share = z.number().min(0).max(1);
const number = z.number();
const whole = z.int();

/**
 * The settings of every method, a section each; a run depends on the sections of its own variant alone. Where a default
 * stands, it is the published code's. The methods check the values: they know what makes sense.
 */
export const methodSections = {
  r3f: z.strictObject({
    lambda: number.default(1),
    epsilon: number.default(1e-5),
    noise: z.enum(['uniform', 'normal']).default('uniform'),
  }),

  /** FreeLB's defaults are those of SST-2 and RoBERTa-large. */
  freeLb: z.strictObject({
    /** Forward and backward passes (`hugging-face`), or one fewer (`fairseq`): three passes by default. */
    steps: whole.exactOptional(),
    convention: z.enum(['hugging-face', 'fairseq']).default('hugging-face'),
    norm: z.enum(['l2', 'linf']).default('l2'),
    /** `adv_lr` */
    stepSize: number.default(0.1),
    /** `adv_init_mag` */
    magnitude: number.default(0.5),
    /** `max_norm`; 0 for no bound. */
    maxNorm: number.default(0.4),
    holdDropout: z.boolean().default(true),
  }),

  pgd: z.strictObject({
    /** Ascents. */
    steps: whole.default(3),
    norm: z.enum(['l2', 'linf']).default('l2'),
    stepSize: number.default(0.1),
    magnitude: number.default(0.5),
    maxNorm: number.default(0.4),
    holdDropout: z.boolean().default(true),
  }),

  smart: z.strictObject({
    form: z.enum(['published', 'ball']).default('published'),
    alpha: number.default(1),
    steps: whole.default(1),
    sigma: number.default(1e-5),
    /** Of the form, by default. */
    stepSize: number.exactOptional(),
    epsilon: number.exactOptional(),
    norm: z.enum(['linf', 'l2', 'l1']).default('linf'),
    level: z.enum(['token', 'sentence']).exactOptional(),
  }),

  rDrop: z.strictObject({
    alpha: number.default(0.5),
    divergence: z.enum(['sum', 'mean']).default('sum'),
    crossEntropy: z.enum(['sum', 'mean']).default('sum'),
  }),

  rose: z.strictObject({
    /** Percentile up to which saliencies are kept. What was published for the task and model, else 60. */
    upper: number.exactOptional(),
    lower: number.default(0),
    /** γ, the weight of the first-order mask in the ensemble. */
    gamma: number.default(0.5),
    /** Dropout rate of `rose-first` and `rose-ensemble`, which compare two dropout passes (`kl_dropout`). */
    klDropout: share.default(0.1),
    /** What one mask value stands for. */
    granularity: z.enum(['tensor', 'element']).default('tensor'),
    /** By what ‖g‖/‖m‖ is multiplied in the second-order score: 0.1, 1 − β₁, or m̂ instead of m. */
    ratio: z.enum(['released', 'one-minus-beta1', 'bias-corrected']).default('released'),
  }),

  childTuning: z.strictObject({
    /** Share of elements that learn. */
    p: number.default(0.3),
  }),

  topLayers: z.strictObject({
    /** K, the number of layers that learn. */
    layers: whole.default(3),
  }),

  mixout: z.strictObject({
    /** Probability of the pretrained weight. */
    p: number.default(0.9),
    /** One mask for all rows of a weight (the released code), or one for each element. */
    mask: z.enum(['row', 'element']).default('row'),
    /** Mixout takes dropout's place. */
    dropout: share.default(0),
  }),
};
