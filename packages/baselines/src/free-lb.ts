import type { Objective } from '@rose/fine-tuning';
import { lookUp } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { type AdversaryOptions, checkedAdversary } from './adversary.js';
import { wholeNumber } from './checked-number.js';
import { GradientSum } from './gradient-sum.js';
import { ascend, initialPerturbation, perturbedLoss } from './perturbation.js';

/** Whose meaning `steps` has: the same training is `steps` 3 to Hugging Face's version and 2 to fairseq's. */
export type StepConvention = 'hugging-face' | 'fairseq';

export interface FreeLbOptions extends AdversaryOptions {
  /** `adv_steps`. 3 (Hugging Face) or 2 (fairseq). */
  readonly steps?: number;
  readonly convention?: StepConvention;
}

interface Convention {
  /** `steps` + extra = K, the number of forward and backward passes. */
  readonly extra: number;
  readonly floor: Readonly<Record<'l2' | 'linf', number>>;
}

const conventions = new Map<string, Convention>([
  ['hugging-face', { extra: 0, floor: { l2: 1e-8, linf: 1e-8 } }],
  ['fairseq', { extra: 1, floor: { l2: 1e-10, linf: 1e-8 } }],
]);

const USUAL_PASSES = 3;

/**
 * FreeLB (Zhu et al. 2020, algorithm 1; github zhuchen03/FreeLB). With e the token embeddings, looked up anew each time:
 *
 *     repeat K times    g ← g + ∇_θ CE(f(e + δ), y)/K      δ ← Π(δ + α · g_δ/‖g_δ‖)
 *
 * Both gradients of a step come from one backward pass. θ moves once, by the mean gradient. Cost K(F + B).
 *
 * @throws InputError when K < 1, for a negative number, or an unknown norm or convention
 */
export function freeLb(options: FreeLbOptions = {}): Objective {
  const named = options.convention ?? 'hugging-face';
  const { extra, floor } = lookUp(conventions, named, { kind: 'convention', where: 'freeLb.convention' });
  const { steps = USUAL_PASSES - extra } = options;
  const K = extra + wholeNumber(steps, 1 - extra, { where: 'freeLb.steps', hint: 'Published: 2 to 4 passes in all.' });
  const { magnitude, holdDropout, ...ball } = checkedAdversary(options, 'freeLb');
  const ascent = { ...ball, floor: floor[ball.norm] };
  return {
    name: 'freelb',
    async gradients(context) {
      const sum = new GradientSum();
      let delta = initialPerturbation(context, { norm: ascent.norm, magnitude, name: 'freelb' });
      for (let t = 0; t < K; t++) {
        const { value, gradients, gradient } = context.gradientsWith(delta, (d) =>
          tf.div(perturbedLoss(context, d, holdDropout ? 0 : t), K),
        );
        // Nobody needs the last of these, but without it the last pass would be another graph to compile.
        delta = ascend(delta, gradient, ascent);
        await sum.add({ loss: value, gradients }, [delta]);
      }
      return sum.total;
    },
  };
}
