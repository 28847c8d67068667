import { defineObjective } from '@rose/fine-tuning';
import type { SettingsOf } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { adversarySettings } from './adversary-settings.js';
import { GradientSum } from './gradient-sum.js';
import { ascend, initialPerturbation, perturbedLoss } from './perturbation.js';

/** Passes of forward and backward that are not counted in `steps`, and what ‖g‖ is never taken to be below. */
const conventions = {
  'hugging-face': { extra: 0, floor: { l2: 1e-8, linf: 1e-8 } },
  fairseq: { extra: 1, floor: { l2: 1e-10, linf: 1e-8 } },
} as const;

const USUAL_PASSES = 3;

const settings = z
  .strictObject({
    steps: z
      .int()
      .min(0)
      .exactOptional()
      .describe('adv_steps: 3 to Hugging Face’s code, 2 to fairseq’s, which trains the same; published: 2 to 4 passes'),
    convention: z
      .enum(['hugging-face', 'fairseq'])
      .default('hugging-face')
      .describe('Whose meaning `steps` has: all passes, or all but one'),
    ...adversarySettings,
  })
  .refine((chosen) => passesOf(chosen) >= 1, { path: ['steps'], message: 'there must be one pass at least' });

/** K, the number of forward and backward passes. */
function passesOf({ steps, convention }: { readonly steps?: number; readonly convention: keyof typeof conventions }) {
  const { extra } = conventions[convention];
  return extra + (steps ?? USUAL_PASSES - extra);
}

/**
 * FreeLB (algorithm 1; github zhuchen03/FreeLB). With e the token embeddings, looked up anew each time:
 *
 *     repeat K times    g ← g + ∇_θ CE(f(e + δ), y)/K      δ ← Π(δ + α · g_δ/‖g_δ‖)
 *
 * Both gradients of a step come from one backward pass. θ moves once, by the mean gradient. Cost K(F + B).
 */
export const freeLb = defineObjective({
  name: 'freelb',
  title: 'The mean gradient over several ascents on the embeddings',
  paper:
    'Zhu et al.: FreeLB: Enhanced Adversarial Training for Natural Language Understanding. ICLR 2020, arXiv:1909.11764',
  section: 'freeLb',
  settings,
  cost: passesOf,
  create({ magnitude, holdDropout, ...chosen }: SettingsOf<typeof settings>) {
    const K = passesOf(chosen);
    const { norm, stepSize, maxNorm } = chosen;
    const ascent = { norm, stepSize, maxNorm, floor: conventions[chosen.convention].floor[norm] };
    return {
      async gradients(context) {
        const sum = new GradientSum();
        let delta = initialPerturbation(context, { norm, magnitude, name: 'freelb' });
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
  },
});
